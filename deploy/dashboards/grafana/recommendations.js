/** What is recommended, from which bundle, and how far the visitors are from the training data. */
import { lines, number } from './panels.js';

/** @param {string} [more] */
const own = (more = '') => `{job=~"osusume.*", instance=~"$instance"${more && `, ${more}`}}`;
const DAY = 86_400;

export const recommendations = {
  uid: 'osusume-recommendations',
  title: 'Osusume: recommendations',
  description: 'What is recommended, bundles, drift, other sites.',
  rows: [
    {
      heading: 'Recommendations',
      panels: [
        lines('Lists by bundle', 'Lists of recommendations a second.', 'reqps', [
          {
            expr: `sum by (bundle) (rate(osusume_recommendations_total${own()}[$__rate_interval]))`,
            legend: '{{bundle}}',
          },
        ]),
        lines(
          'Rules applied',
          'How often lists were asked for with each rule, a second.',
          'reqps',
          [
            {
              expr: `sum by (rule) (rate(osusume_rules_applied_total${own()}[$__rate_interval]))`,
              legend: '{{rule}}',
            },
          ],
        ),
        lines(
          'Share of popular titles',
          'Of the titles that were recommended. When it grows, lists become alike.',
          'percentunit',
          [
            {
              expr: `sum(rate(osusume_recommended_titles_total${own('popular="true"')}[$__rate_interval])) / sum(rate(osusume_recommended_titles_total${own()}[$__rate_interval]))`,
              legend: 'popular',
            },
          ],
        ),
        lines('Distinct titles', 'Titles recommended at least once since the start.', 'short', [
          { expr: `osusume_recommended_titles_distinct${own()}`, legend: '{{instance}}' },
        ]),
        lines(
          'Drift of what is asked',
          'Population stability index against the training data. Below 0.1 little has changed, from 0.25 on much: docs/drift.md.',
          'short',
          [
            {
              expr: `avg by (dimension) (osusume_drift_population_stability${own('population="asked"')})`,
              legend: '{{dimension}}',
            },
          ],
          { limit: 0.25 },
        ),
        lines(
          'Drift of what is recommended',
          'Against what the bundle recommends to people of the training data.',
          'short',
          [
            {
              expr: `avg by (dimension) (osusume_drift_population_stability${own('population="recommended"')})`,
              legend: '{{dimension}}',
            },
          ],
          { limit: 0.25 },
        ),
      ],
    },
    {
      heading: 'Bundles',
      panels: [
        number(
          'Age of the oldest bundle',
          'Of those in use. It should be at most 3 days old.',
          's',
          { expr: `max(time() - osusume_bundle_created_timestamp_seconds${own()})` },
          { width: 6, red: 3 * DAY },
        ),
        number(
          'Bundles in use',
          'More than one for long: a server does not follow.',
          'short',
          { expr: `count(count by (version) (osusume_bundle_info${own()}))` },
          { width: 6, red: 2 },
        ),
        number(
          'Servers with an older bundle',
          'They cannot use the current one.',
          'short',
          { expr: `sum(osusume_bundle_is_fallback${own()})` },
          { width: 6, red: 1 },
        ),
        number(
          'Refused bundles, 24 hours',
          'Damaged, or not signed by a trusted key.',
          'short',
          { expr: `sum(increase(osusume_bundle_refusals_total${own()}[1d])) or vector(0)` },
          { width: 6, red: 1 },
        ),
        lines('Age of the bundle', 'By server.', 's', [
          {
            expr: `time() - osusume_bundle_created_timestamp_seconds${own()}`,
            legend: '{{instance}}',
          },
        ]),
        lines('Servers by bundle', 'Servers follow a new bundle one after another.', 'short', [
          {
            expr: `count by (version, source) (osusume_bundle_info${own()})`,
            legend: '{{version}} {{source}}',
          },
        ]),
        lines('Swaps and refusals', 'In an hour.', 'short', [
          {
            expr: `sum(increase(osusume_bundle_swaps_total${own()}[1h]))`,
            legend: 'taken up',
          },
          {
            expr: `sum by (reason) (increase(osusume_bundle_refusals_total${own()}[1h]))`,
            legend: 'refused: {{reason}}',
          },
        ]),
      ],
    },
    {
      heading: 'Other sites',
      panels: [
        lines(
          'Requests by outcome',
          'A second, to each site.',
          'reqps',
          [
            {
              expr: `sum by (upstream, outcome) (rate(osusume_upstream_requests_total${own()}[$__rate_interval]))`,
              legend: '{{upstream}} {{outcome}}',
            },
          ],
          { width: 12 },
        ),
        lines(
          'Budget left',
          'Requests that may still be made now.',
          'short',
          [
            {
              expr: `max by (upstream) (osusume_upstream_budget_remaining${own()})`,
              legend: '{{upstream}}',
            },
          ],
          { width: 12 },
        ),
      ],
    },
  ],
};
