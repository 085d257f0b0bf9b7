/** Requests to the API server whose status matters. */
import { request } from 'node:https';

export class KubernetesApi {
  #access;
  /** @param {{ port: number; token: string; ca: Buffer }} access */
  constructor(access) {
    this.#access = access;
  }

  /** @param {string} path */
  get(path) {
    return this.#send('GET', path);
  }

  /**
   * @param {string} path
   * @param {unknown} body
   */
  post(path, body) {
    return this.#send('POST', path, JSON.stringify(body));
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string} [body]
   * @returns {Promise<{ status: number; body: string }>} status 0 = it cannot be reached
   */
  #send(method, path, body) {
    const { port, token, ca } = this.#access;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return new Promise((done) => {
      const sent = request(
        { host: '127.0.0.1', port, path, method, ca, headers, agent: false },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part) => {
            text += part;
          });
          answer.on('end', () => done({ status: answer.statusCode ?? 0, body: text }));
          answer.on('error', () => done({ status: 0, body: text }));
        },
      );
      sent.on('error', (error) => done({ status: 0, body: error.message }));
      sent.end(body);
    });
  }
}
