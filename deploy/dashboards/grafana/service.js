/** The service: its objectives, traffic, speed and processes. */
import { lines, number } from './panels.js';

/** @param {string} [more] */
const own = (more = '') => `{job=~"osusume.*", instance=~"$instance"${more && `, ${more}`}}`;
const LISTS = 'route=~"/api/recommendations|/api/users/:userId/recommendations"';
const NO_PROBES = 'route!~"/healthz|/readyz|/metrics"';
const duration = 'osusume_http_request_duration_seconds';

/** @param {number} q */
const listQuantile = (q) => ({
  expr: `histogram_quantile(${q}, sum by (le) (rate(${duration}_bucket${own(LISTS)}[$__rate_interval])))`,
  legend: `p${q * 100}`,
});

export const service = {
  uid: 'osusume-service',
  title: 'Osusume: service',
  description: 'Objectives and their error budgets, traffic, speed, processes.',
  rows: [
    {
      heading: 'Objectives over 30 days',
      panels: [
        number(
          'Available, 30 days',
          'Requests that were not answered with 5xx. Objective: 99.9 %.',
          'percentunit',
          {
            expr: '1 - avg_over_time(osusume:failed_requests:rate5m{job=~"osusume.*"}[30d]) / avg_over_time(osusume:requests:rate5m{job=~"osusume.*"}[30d])',
          },
          { red: 0.999, isRedBelow: true, decimals: 3 },
        ),
        number(
          'Budget of failures left',
          'Of the 0.1 % of requests in 30 days that may fail. Below 0 the objective is missed.',
          'percentunit',
          {
            expr: '1 - avg_over_time(osusume:failed_requests:rate5m{job=~"osusume.*"}[30d]) / avg_over_time(osusume:requests:rate5m{job=~"osusume.*"}[30d]) / 0.001',
          },
          { red: 0, isRedBelow: true, decimals: 1 },
        ),
        number(
          'Lists within 250 ms, 30 days',
          'Objective: 99 %.',
          'percentunit',
          {
            expr: '1 - avg_over_time(osusume:slow_lists:rate5m{job=~"osusume.*"}[30d]) / avg_over_time(osusume:lists:rate5m{job=~"osusume.*"}[30d])',
          },
          { red: 0.99, isRedBelow: true, decimals: 2 },
        ),
        number(
          'Fresh bundle, 30 days',
          'The share of the time in which the bundle was at most 3 days old. Objective: 99 %.',
          'percentunit',
          { expr: '1 - avg_over_time(osusume:stale_bundle:ratio{job=~"osusume.*"}[30d])' },
          { red: 0.99, isRedBelow: true, decimals: 2 },
        ),
        number(
          'Servers',
          'Servers that answer Prometheus.',
          'short',
          { expr: 'sum(up{job=~"osusume.*"})' },
          { red: 1, isRedBelow: true },
        ),
        number('Alerts', 'Alerts that fire at the moment: docs/alerts.md.', 'short', {
          expr: 'count(ALERTS{alertstate="firing", alertname=~"Osusume.*"}) or vector(0)',
        }),
        lines(
          'Burn rate of the failure budget',
          'How many times faster than allowed the budget is used up. 14.4 over an hour is an alert.',
          'short',
          ['5m', '1h', '6h'].map((window) => ({
            expr: `osusume:failed_requests:ratio${window}{job=~"osusume.*"} / 0.001`,
            legend: window,
          })),
          { width: 12, limit: 14.4 },
        ),
        lines(
          'Burn rate of the latency budget',
          'How many times faster than allowed the budget of slow lists is used up.',
          'short',
          ['5m', '1h', '6h'].map((window) => ({
            expr: `osusume:slow_lists:ratio${window}{job=~"osusume.*"} / 0.01`,
            legend: window,
          })),
          { width: 12, limit: 14.4 },
        ),
      ],
    },
    {
      heading: 'Traffic',
      panels: [
        lines('Requests by route', 'A second, without probes.', 'reqps', [
          {
            expr: `sum by (route) (rate(${duration}_count${own(NO_PROBES)}[$__rate_interval]))`,
            legend: '{{route}}',
          },
        ]),
        lines(
          'Answers by status',
          'A second, without probes.',
          'reqps',
          [
            {
              expr: `sum by (status) (rate(${duration}_count${own(NO_PROBES)}[$__rate_interval]))`,
              legend: '{{status}}',
            },
          ],
          { stacked: true },
        ),
        lines('Requests in flight', 'Begun and not yet answered.', 'short', [
          { expr: `osusume_http_requests_in_flight${own()}`, legend: '{{instance}}' },
        ]),
        lines('Turned away', 'Requests a second beyond a limit of serve.limits.', 'reqps', [
          {
            expr: `sum by (reason) (rate(osusume_limited_requests_total${own()}[$__rate_interval]))`,
            legend: '{{reason}}',
          },
        ]),
        lines('Wrong keys', 'Of the console, in ten minutes. More than 20 is an alert.', 'short', [
          {
            expr: `sum by (instance) (increase(osusume_wrong_keys_total${own()}[10m]))`,
            legend: '{{instance}}',
          },
        ]),
        lines('Cache hits', 'The share of look-ups that a cache could answer.', 'percentunit', [
          {
            expr: `(sum by (cache) (rate(osusume_cache_requests_total${own('result="hit"')}[$__rate_interval])) or sum by (cache) (rate(osusume_cache_requests_total${own()}[$__rate_interval])) * 0) / sum by (cache) (rate(osusume_cache_requests_total${own()}[$__rate_interval]))`,
            legend: '{{cache}}',
          },
        ]),
      ],
    },
    {
      heading: 'Speed',
      panels: [
        lines(
          'Time to a list',
          'From the headers of a request to the end of its answer. 99 % have to be within 250 ms.',
          's',
          [listQuantile(0.5), listQuantile(0.95), listQuantile(0.99)],
          { limit: 0.25 },
        ),
        lines('p99 by route', 'Of the routes with traffic.', 's', [
          {
            expr: `histogram_quantile(0.99, sum by (le, route) (rate(${duration}_bucket${own(NO_PROBES)}[$__rate_interval])))`,
            legend: '{{route}}',
          },
        ]),
        lines(
          'Mean time of a list by stage',
          'Reading the request, scoring all titles, applying the rules, writing the answer.',
          's',
          [
            {
              expr: `sum by (stage) (rate(osusume_stage_duration_seconds_sum${own()}[$__rate_interval])) / sum by (stage) (rate(osusume_stage_duration_seconds_count${own()}[$__rate_interval]))`,
              legend: '{{stage}}',
            },
          ],
          { stacked: true },
        ),
      ],
    },
    {
      heading: 'Processes',
      panels: [
        lines(
          'Event loop lag',
          'How late the event loop is. Above 100 ms for 10 minutes is an alert.',
          's',
          [{ expr: `osusume_event_loop_lag_seconds${own()}`, legend: '{{instance}}' }],
          { limit: 0.1 },
        ),
        lines('Memory', 'Resident, and of that the heap of JavaScript in use.', 'bytes', [
          { expr: `process_resident_memory_bytes${own()}`, legend: '{{instance}}' },
          { expr: `nodejs_heap_size_used_bytes${own()}`, legend: '{{instance}} heap' },
        ]),
        lines('Processor', 'Cores in use; one thread answers requests.', 'short', [
          {
            expr: `rate(process_cpu_seconds_total${own()}[$__rate_interval])`,
            legend: '{{instance}}',
          },
        ]),
        lines('Garbage collection', 'The share of the time that it takes.', 'percentunit', [
          {
            expr: `sum by (kind) (rate(nodejs_gc_duration_seconds_sum${own()}[$__rate_interval]))`,
            legend: '{{kind}}',
          },
        ]),
        lines('Open files', 'Connections are among them.', 'short', [
          { expr: `process_open_fds${own()}`, legend: '{{instance}}' },
        ]),
        lines('Time since the start', 'It falls to 0 at each restart.', 's', [
          { expr: `time() - process_start_time_seconds${own()}`, legend: '{{instance}}' },
        ]),
      ],
    },
  ],
};
