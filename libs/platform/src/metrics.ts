import { Controller, Get, Header, Inject, Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Injection token of the service's name, the label `service` of every metric. */
export const SERVICE_NAME = Symbol('service name');

/** The process's Prometheus registry: default metrics, requests, and what each app adds. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly #requestSeconds: Histogram<'method' | 'route' | 'status'>;

  constructor(@Inject(SERVICE_NAME) service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.#requestSeconds = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from request to answer, by route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [this.registry],
    });
  }

  /** @param request its `route` is the pattern, not the URL: labels must stay few. */
  observeRequest(
    request: { method: string; route: string; status: number },
    seconds: number,
  ): void {
    const { method, route, status } = request;
    this.#requestSeconds.observe({ method, route, status: String(status) }, seconds);
  }
}

@Controller('metrics')
export class MetricsController {
  readonly #metrics: Metrics;

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  @Get()
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  read(): Promise<string> {
    return this.#metrics.registry.metrics();
  }
}
