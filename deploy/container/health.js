/** HEALTHCHECK of the images, which have no curl: exit code 0 when the server answers. */
import { get } from 'node:http';

const path = '/healthz';
const request = get({ host: '127.0.0.1', port: process.env.PORT, path, timeout: 2000 });
request.once('response', ({ statusCode }) => end(statusCode === 200, `${path}: ${statusCode}`));
request.once('timeout', () => end(false, `${path}: no answer within 2 s`));
request.once('error', ({ message }) => end(false, message));

/**
 * @param {boolean} isWell
 * @param {string} finding
 */
function end(isWell, finding) {
  console.log(finding);
  process.exit(isWell ? 0 : 1);
}
