/**
 * Traces by OpenTelemetry, sent by OTLP over HTTP: a span for each stage of a pipeline and its steps, and for each request
 * and the stages of its list. Attributes are routes, statuses and versions, never what a request contained. The packages
 * are optional and loaded only where an address is configured.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Context, Span, SpanContext, Tracer } from '@opentelemetry/api';
import { requirePackages } from '../program/optional-package.ts';
import { RELEASE } from '../program/release.ts';
import type { AnsweredRequest } from './log.ts';

export interface Tracing {
  readonly requests: RequestTraces;
  /** Something begins, as a part of what has begun and not ended. @returns ends it, with the error if it failed */
  begin(name: string): (error?: unknown) => void;
  /** Sends what has not been sent, for a few seconds at most. */
  close(): Promise<void>;
}

export interface RequestTraces {
  /** @param parent the header traceparent */
  begin(request: object, parent: string | string[] | undefined): void;
  /** Runs the handler of a request, so that what it does becomes a part of its trace. */
  run(request: object, handler: () => void): void;
  /** A stage of the running request has just ended. */
  stage(name: string, milliseconds: number): void;
  end(request: object, answered: AnsweredRequest): void;
  /** undefined = it is not traced */
  idOf(request: object): string | undefined;
}

export interface TracingOptions {
  /** of the collector, e.g. http://localhost:4318 */
  readonly otlp: string;
  /** of the requests, those that are traced; default: all */
  readonly share?: number;
}

const PATH = '/v1/traces';
/** ms */
const LONGEST_CLOSING = 5000;
const LONGEST_SENDING = 10_000;

/** @throws MissingPackageError when the packages are not installed */
export async function openTracing({ otlp, share = 1 }: TracingOptions): Promise<Tracing> {
  const { api, sdk, exporters, resources } = await packages();
  const url = otlp.endsWith(PATH) ? otlp : `${otlp.replace(/\/$/, '')}${PATH}`;
  const exporter = new exporters.OTLPTraceExporter({ url, timeoutMillis: LONGEST_SENDING });
  const provider = (sampler: InstanceType<typeof sdk.TraceIdRatioBasedSampler>) =>
    new sdk.TracerProvider({
      resource: resources.resourceFromAttributes({
        'service.name': 'osusume',
        'service.version': RELEASE,
      }),
      sampler,
      spanProcessors: [new sdk.BatchSpanProcessor({ exporter })],
    });
  const stages = provider(new sdk.TraceIdRatioBasedSampler(1));
  const requests = provider(new sdk.TraceIdRatioBasedSampler(share));
  return {
    requests: new RequestTracer(api, requests.getTracer('osusume')),
    begin: nested(api, stages.getTracer('osusume')),
    async close() {
      const flushed = [stages, requests].map((one) =>
        one.forceFlush({ timeoutMillis: LONGEST_CLOSING }),
      );
      // A collector that is away must not fail what was traced.
      await Promise.allSettled(flushed);
      await Promise.allSettled([stages.shutdown(), requests.shutdown()]);
    },
  };
}

type Api = typeof import('@opentelemetry/api');

async function packages() {
  await requirePackages('Tracing (trace.otlp)', [
    '@opentelemetry/api',
    '@opentelemetry/sdk-trace',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
  ]);
  const [api, sdk, exporters, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  return { api, sdk, exporters, resources };
}

/** One stage runs at a time, and its steps one after another: what began last is what the next belongs to. */
function nested({ trace, ROOT_CONTEXT, SpanStatusCode }: Api, tracer: Tracer): Tracing['begin'] {
  const running: Span[] = [];
  return (name) => {
    const outer = running.at(-1);
    const span = tracer.startSpan(
      name,
      {},
      outer ? trace.setSpan(ROOT_CONTEXT, outer) : ROOT_CONTEXT,
    );
    running.push(span);
    return (error) => {
      if (error !== undefined)
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
      span.end();
      running.splice(running.indexOf(span), 1);
    };
  };
}

class RequestTracer implements RequestTraces {
  readonly #api: Api;
  readonly #tracer: Tracer;
  readonly #spans = new WeakMap<object, Span>();
  readonly #running = new AsyncLocalStorage<Span>();

  constructor(api: Api, tracer: Tracer) {
    this.#api = api;
    this.#tracer = tracer;
  }

  begin(request: object, parent: string | string[] | undefined): void {
    const kind = this.#api.SpanKind.SERVER;
    this.#spans.set(request, this.#tracer.startSpan('request', { kind }, this.#contextOf(parent)));
  }

  run(request: object, handler: () => void): void {
    const span = this.#spans.get(request);
    if (span?.isRecording()) this.#running.run(span, handler);
    else handler();
  }

  stage(name: string, milliseconds: number): void {
    const span = this.#running.getStore();
    if (!span) return;
    const now = Date.now();
    const context = this.#api.trace.setSpan(this.#api.ROOT_CONTEXT, span);
    this.#tracer.startSpan(name, { startTime: now - milliseconds }, context).end(now);
  }

  end(request: object, { id, method, route, status, bundle }: AnsweredRequest): void {
    const span = this.#spans.get(request);
    if (!span?.isRecording()) return;
    span.updateName(`${method} ${route}`);
    // https://opentelemetry.io/docs/specs/semconv/http/http-spans/
    span.setAttributes({
      'http.request.method': method,
      'http.route': route,
      'http.response.status_code': status,
      'osusume.request': id,
      ...(bundle ? { 'osusume.bundle': bundle } : {}),
    });
    if (status >= 500) span.setStatus({ code: this.#api.SpanStatusCode.ERROR });
    span.end();
  }

  idOf(request: object): string | undefined {
    const span = this.#spans.get(request);
    return span?.isRecording() ? span.spanContext().traceId : undefined;
  }

  #contextOf(parent: string | string[] | undefined): Context {
    const { ROOT_CONTEXT, trace } = this.#api;
    const context = typeof parent === 'string' ? parentOf(parent) : null;
    return context ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT;
  }
}

/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-|$)/;

function parentOf(header: string): SpanContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(header) ?? [];
  if (!traceId) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
}
