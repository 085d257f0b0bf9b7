/** Panels and dashboards of Grafana, without what Grafana fills in by itself. */

/** The data source that the reader of the dashboard chooses. */
const SOURCE = { type: 'prometheus', uid: '$datasource' };
/** Columns of a dashboard. */
const COLUMNS = 24;

/**
 * @typedef {object} Query
 * @property {string} expr
 * @property {string} [legend] with labels as {{label}}
 */

/**
 * @typedef {object} Panel
 * @property {'timeseries' | 'stat'} type
 * @property {string} title
 * @property {string} description
 * @property {string} unit of Grafana: s, bytes, percentunit, reqps, short …
 * @property {Query[]} queries
 * @property {number} width in columns
 * @property {number} height
 * @property {object} [defaults] further field options
 * @property {object} [options] of the panel type
 */

/** @typedef {{ readonly heading: string, readonly panels: readonly Panel[] }} Row */

/**
 * Lines over time.
 * @param {string} title
 * @param {string} description
 * @param {string} unit
 * @param {Query[]} queries
 * @param {{ width?: number, limit?: number, stacked?: boolean }} [look] limit: drawn as a red line
 * @returns {Panel}
 */
export function lines(title, description, unit, queries, { width = 8, limit, stacked } = {}) {
  const custom = {
    fillOpacity: stacked ? 40 : 8,
    lineWidth: 1,
    showPoints: 'never',
    ...(stacked && { stacking: { mode: 'normal', group: 'A' } }),
    ...(limit !== undefined && { thresholdsStyle: { mode: 'line' } }),
  };
  return {
    type: 'timeseries',
    title,
    description,
    unit,
    queries,
    width,
    height: 8,
    defaults: { min: 0, custom, ...(limit !== undefined && { thresholds: redFrom(limit) }) },
    options: {
      legend: { displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
  };
}

/**
 * One number.
 * @param {string} title
 * @param {string} description
 * @param {string} unit
 * @param {Query} query
 * @param {{ width?: number, red?: number, isRedBelow?: boolean, decimals?: number }} [look] red: where it turns red
 * @returns {Panel}
 */
export function number(title, description, unit, query, look = {}) {
  const { width = 4, red, isRedBelow = false, decimals } = look;
  const thresholds = red === undefined ? undefined : isRedBelow ? redBelow(red) : redFrom(red);
  return {
    type: 'stat',
    title,
    description,
    unit,
    queries: [query],
    width,
    height: 4,
    defaults: {
      ...(decimals !== undefined && { decimals }),
      ...(thresholds && { thresholds }),
    },
    options: {
      colorMode: red === undefined ? 'none' : 'value',
      graphMode: 'none',
      reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
      textMode: 'auto',
    },
  };
}

/** @param {number} value */
function redFrom(value) {
  return steps({ color: 'green', value: null }, { color: 'red', value });
}

/** @param {number} value */
function redBelow(value) {
  return steps({ color: 'red', value: null }, { color: 'green', value });
}

/** @param {...{ color: string, value: number | null }} found */
function steps(...found) {
  return { mode: 'absolute', steps: found };
}

/**
 * @param {{ uid: string, title: string, description: string, rows: readonly Row[] }} dashboard
 * @returns {object} the JSON of Grafana
 */
export function dashboardOf({ uid, title, description, rows }) {
  return {
    uid,
    title,
    description,
    tags: ['osusume'],
    schemaVersion: 39,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: [sourceVariable(), instanceVariable()] },
    links: [
      {
        type: 'dashboards',
        title: 'Osusume',
        tags: ['osusume'],
        asDropdown: true,
        keepTime: true,
        includeVars: true,
      },
    ],
    annotations: { list: [bundleSwaps()] },
    panels: placed(rows),
  };
}

function sourceVariable() {
  return { name: 'datasource', label: 'Prometheus', type: 'datasource', query: 'prometheus' };
}

function instanceVariable() {
  const query = 'label_values(up{job=~"osusume.*"}, instance)';
  return {
    name: 'instance',
    label: 'Server',
    type: 'query',
    datasource: SOURCE,
    query: { query, refId: 'instance' },
    definition: query,
    refresh: 2,
    sort: 1,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: 'All', value: '$__all' },
  };
}

/** A vertical line where a server took up another bundle. */
function bundleSwaps() {
  return {
    name: 'New bundle',
    datasource: SOURCE,
    enable: true,
    iconColor: 'purple',
    expr: 'changes(osusume_bundle_swaps_total{job=~"osusume.*", instance=~"$instance"}[1m]) > 0',
    titleFormat: 'New bundle on {{instance}}',
  };
}

/**
 * Places panels from left to right, and below each other where a line is full.
 * @param {readonly Row[]} rows
 */
function placed(rows) {
  /** @type {object[]} */
  const found = [];
  let y = 0;
  for (const { heading, panels } of rows) {
    const gridPos = { x: 0, y, w: COLUMNS, h: 1 };
    found.push({ id: found.length + 1, type: 'row', title: heading, collapsed: false, gridPos });
    y++;
    let x = 0;
    let height = 0;
    for (const panel of panels) {
      if (x + panel.width > COLUMNS) {
        x = 0;
        y += height;
        height = 0;
      }
      const place = { x, y, w: panel.width, h: panel.height };
      found.push(panelOf(panel, found.length + 1, place));
      x += panel.width;
      height = Math.max(height, panel.height);
    }
    y += height;
  }
  return found;
}

/**
 * @param {Panel} panel
 * @param {number} id
 * @param {object} gridPos
 */
function panelOf({ type, title, description, unit, queries, defaults, options }, id, gridPos) {
  return {
    id,
    type,
    title,
    description,
    datasource: SOURCE,
    gridPos,
    fieldConfig: { defaults: { unit, ...defaults }, overrides: [] },
    options,
    targets: queries.map(({ expr, legend = '__auto' }, n) => ({
      refId: String.fromCharCode(65 + n),
      datasource: SOURCE,
      expr,
      legendFormat: legend,
    })),
  };
}
