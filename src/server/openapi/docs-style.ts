/** Colours of the reference, dark and light, as on the page. All rules are inside html:root, to outweigh Swagger UI's own. */

/** Of the typeface, which the server sends at /docs/fonts. */
export const DOCS_WEIGHTS = [400, 700] as const;

export const DOCS_STYLE = `
${DOCS_WEIGHTS.map((weight) => `@font-face { font-family: "Hanken Grotesk"; font-display: swap; font-weight: ${weight}; src: url("/docs/fonts/${weight}.woff2") format("woff2"); }`).join('\n')}
:root {
  color-scheme: dark light;
  --ground: oklch(0.16 0.02 285); --raised: oklch(0.2 0.025 285); --line: oklch(0.28 0.03 285);
  --text: oklch(0.95 0.01 285); --quiet: oklch(0.72 0.02 285);
  --pink: oklch(0.72 0.24 350); --violet: oklch(0.6 0.24 300); --cyan: oklch(0.82 0.14 205); --amber: oklch(0.83 0.15 85);
  --on-neon: oklch(0.14 0.03 320);
}
@media (prefers-color-scheme: light) {
  :root {
    --ground: oklch(0.977 0.006 285); --raised: oklch(0.945 0.01 285); --line: oklch(0.88 0.014 285);
    --text: oklch(0.22 0.025 285); --quiet: oklch(0.46 0.025 285);
    --pink: oklch(0.55 0.23 355); --violet: oklch(0.5 0.23 300); --cyan: oklch(0.47 0.1 220); --amber: oklch(0.5 0.11 70);
    --on-neon: oklch(0.99 0.005 320);
  }
}
html:root {
background: var(--ground);
body { background: var(--ground); margin: 0; }
.swagger-ui { background: none; }
.swagger-ui, .swagger-ui :is(p, h1, h2, h3, h4, h5, td, th, label, li, table, select, input, textarea, button,
  .model, .model-title, .prop-type, .prop-format, .parameter__name, .parameter__type, .response-col_status,
  .response-col_links, .response-col_description, .opblock-summary-path, .opblock-summary-path__deprecated,
  .opblock-summary-description, .opblock-summary-operation-id, .opblock-tag, .opblock-section-header h4, .tab li,
  .info .title, .markdown p, .renderedMarkdown p, .dialog-ux .modal-ux-header h3, .servers-title,
  .json-schema-2020-12__title, .json-schema-2020-12-keyword__name, .json-schema-2020-12-keyword__value,
  .json-schema-2020-12-expand-deep-button) {
  color: var(--text);
  font-family: "Hanken Grotesk", "Inter", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", sans-serif;
}
.swagger-ui :is(code, pre, .opblock-summary-path, .microlight, textarea) { font-family: ui-monospace, monospace; }
.swagger-ui :is(.opblock-summary-description, .opblock-tag small, .parameter__type, .parameter__in,
  .opblock-summary-operation-id, .info .base-url, .opblock-description-wrapper p, .json-schema-2020-12__attribute,
  .response-control-media-type__title, .json-schema-2020-12-keyword__value--secondary) { color: var(--quiet); }
.swagger-ui .topbar { display: none; }
/* As wide as the page, and sentences no wider than they are read. */
.swagger-ui .wrapper { max-width: 1240px; }
.swagger-ui .info :is(p, li) { max-width: 84ch; margin-inline: 0; }
.swagger-ui :is(.scheme-container, .info hgroup.main a.link) { display: none; }
.swagger-ui .info :is(p, li) { line-height: 1.6; }
.swagger-ui .info code { padding: 1px 5px; font-size: 13px; white-space: nowrap; }
.swagger-ui .info { margin: 32px 0 16px; }
/* The sign of the page. */
.swagger-ui .info .title { font-size: 30px; font-weight: 700; letter-spacing: -0.02em; }
.swagger-ui .info .title::before {
  content: "おすすめ"; margin-right: 10px; background: linear-gradient(100deg, var(--pink), var(--violet)); background-clip: text; color: transparent;
  font-family: "Noto Sans JP", "Noto Sans CJK JP", "Hiragino Sans", "Yu Gothic", sans-serif; font-weight: 800;
}
.swagger-ui .info table { width: auto; max-width: 84ch; }
.swagger-ui .info table thead { display: none; }
.swagger-ui .info table td { padding: 5px 24px 5px 0; border-bottom: 1px solid var(--line); font-size: 14px; font-variant-numeric: tabular-nums; }
.swagger-ui .info table td:first-child { min-width: 0; color: var(--quiet); }
.swagger-ui .opblock-tag { font-size: 22px; font-weight: 700; letter-spacing: -0.01em; }
.swagger-ui .info .title small { background: var(--raised); }
.swagger-ui .info .title small pre { color: var(--quiet); }
.swagger-ui .info .title small.version-stamp { background: none; border: 1px solid var(--line); }
.swagger-ui a, .swagger-ui .info a { color: var(--cyan); font-family: inherit; }
.swagger-ui :is(.opblock-tag, .opblock-summary-path) a.nostyle { color: inherit; }
.swagger-ui .opblock-tag { border-color: var(--line); }
.swagger-ui .opblock-tag:hover { background: var(--raised); }
.swagger-ui .opblock, .swagger-ui .opblock.opblock-get, .swagger-ui .opblock.opblock-post {
  background: var(--raised); border: 1px solid var(--line); border-radius: 10px; box-shadow: none;
}
.swagger-ui .opblock .opblock-summary, .swagger-ui .opblock .opblock-summary:is(*) { border-color: var(--line); }
.swagger-ui .opblock .opblock-summary-method { border-radius: 6px; color: var(--on-neon); text-shadow: none; }
.swagger-ui .opblock.opblock-get .opblock-summary-method { background: var(--cyan); }
.swagger-ui .opblock.opblock-post .opblock-summary-method { background: var(--pink); }
.swagger-ui .opblock:is(.opblock-get, .opblock-post) .opblock-section-header { background: none; box-shadow: none; border: 0; border-top: 1px solid var(--line); }
.swagger-ui .opblock:is(.opblock-get, .opblock-post) .opblock-section-header .tab-header .tab-item .opblock-title span:after { background: var(--pink); }
/* No answer has links to others. */
.swagger-ui :is(.response-col_links, .responses-inner col.col_links) { display: none; }
.swagger-ui .response-control-media-type--accept-controller select { border-color: var(--line); }
.swagger-ui .response-control-media-type__accept-message { color: var(--quiet); }
.swagger-ui :is(select, input[type="text"], textarea) {
  background: var(--ground); border: 1px solid var(--line); border-radius: 8px; box-shadow: none;
}
.swagger-ui .btn { border-color: var(--line); color: var(--text); box-shadow: none; background: none; border-radius: 8px; }
.swagger-ui .btn.execute { background: var(--pink); border-color: var(--pink); color: var(--on-neon); }
.swagger-ui table thead tr :is(td, th) { color: var(--quiet); border-color: var(--line); }
.swagger-ui .parameter__name.required:after, .swagger-ui .parameter__name.required span { color: var(--pink); }
/* Its colours of code are made for a dark ground. */
.swagger-ui :is(.highlight-code > .microlight, .microlight, .curl) { background: oklch(0.2 0.025 285) !important; color: oklch(0.95 0.01 285); border-radius: 8px; }
.swagger-ui :is(.model-box, .json-schema-2020-12, section.models, section.models.is-open .model-container,
  .response .json-schema-2020-12) { background: none; }
.swagger-ui section.models { border-color: var(--line); border-radius: 10px; }
.swagger-ui section.models.is-open h4 { border-color: var(--line); }
.swagger-ui :is(.info :is(code), .markdown code, .renderedMarkdown code) { background: var(--raised); color: var(--amber); }
.swagger-ui :is(svg, .arrow, .expand-operation svg, .models-control svg, .opblock-control-arrow svg) { fill: var(--quiet); }
.swagger-ui :focus-visible { outline: 2px solid var(--cyan); outline-offset: 2px; }
@media (max-width: 640px) {
  .swagger-ui :is(.opblock-summary-operation-id, .opblock-tag small) { display: none; }
  .swagger-ui .response-control-media-type select { max-width: 100%; min-width: 220px; }
  .swagger-ui .responses-table .response { display: block; }
  .swagger-ui .responses-table .response > td { display: block; width: auto; padding-left: 0; }
  .swagger-ui .responses-table thead { display: none; }
  .swagger-ui .response-col_status { font-weight: 700; }
  .swagger-ui .opblock .opblock-summary-control { min-height: 44px; }
}
}
`;
