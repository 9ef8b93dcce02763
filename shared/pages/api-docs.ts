import { type Html, html, verbatim } from '../domain/html.ts';

/** What the page shows of an OpenAPI document. */
export interface ApiDescription {
  info: { title: string; version: string; description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, DescribedOperation>>;
}

interface DescribedOperation {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; description?: string; schema: unknown }[];
  requestBody?: { content: Record<string, { schema: unknown }> };
  responses: Record<string, unknown>;
}

/** A problem that the API answers with, by its code. */
export interface DescribedProblem {
  code: string;
  status: number;
  title: string;
}

interface Listed {
  method: string;
  path: string;
  operation: DescribedOperation;
}

/** The API as one page to read: no script, nothing from elsewhere. */
export const apiDocsPage = (api: ApiDescription, problems: DescribedProblem[]): string => {
  const listed = operationsOf(api);
  const sections = api.tags.map(({ name }) =>
    section(
      name,
      listed.filter(({ operation }) => operation.tags[0] === name),
    ),
  );
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${api.info.title} API</title>
<style>${verbatim(STYLE)}</style>
</head>
<body>
<nav><strong>${api.info.title}</strong>${api.tags.map(({ name }) => html`<a href="#${name}">${name}</a>`)}<a href="#problems">problems</a></nav>
<main>
<h1>${api.info.title} API</h1>
<p>${prose(api.info.description)}</p>
<p>Version ${api.info.version}. The same for machines: <a href="/openapi.json">/openapi.json</a>. Send your key as <code>Authorization: Bearer &lt;key&gt;</code>.</p>
${sections}
${problemSection(problems)}
</main>
</body>
</html>
`.html;
};

/** Words between backticks are code; nothing else of Markdown is used. */
const prose = (text: string): Html =>
  html`${text.split('`').map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : html`${part}`))}`;

const operationsOf = ({ paths }: ApiDescription): Listed[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );

const section = (name: string, listed: Listed[]): Html => html`
<section id="${name}">
<h2>${name}</h2>
${listed.map(entry)}</section>`;

const entry = ({ method, path, operation }: Listed): Html => html`<details id="${operation.operationId}">
<summary><b class="${method.toLowerCase()}">${method}</b> <code>${path}</code> <span>${prose(operation.summary)}</span></summary>
<p>${prose(operation.description)}</p>
${parameters(operation)}${bodies(operation)}${responses(operation)}</details>
`;

const parameters = ({ parameters: all }: DescribedOperation): Html =>
  all.length === 0
    ? html``
    : html`<table><tr><th>Parameter</th><th>In</th><th>Takes</th></tr>${all.map(
        (one) =>
          html`<tr><td><code>${one.name}</code>${one.required ? ' (required)' : ''}</td><td>${one.in}</td><td>${prose(one.description ?? '')} <code>${JSON.stringify(one.schema)}</code></td></tr>`,
      )}</table>
`;

const bodies = ({ requestBody }: DescribedOperation): Html =>
  html`${Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => schemaBlock(`Body, ${type}`, schema))}`;

const schemaBlock = (title: string, schema: unknown): Html =>
  html`<details class="schema"><summary>${title}</summary><pre>${JSON.stringify(schema, null, 2)}</pre></details>
`;

const responses = ({ responses: all }: DescribedOperation): Html =>
  html`${Object.entries(all).map(([status, response]) => responseBlock(status, response))}`;

const REFERENCE = '#/components/responses/';

/** Problems are told of once, at the end of the page; here they are links. */
const responseBlock = (status: string, response: unknown): Html => {
  const { $ref, content } = response as { $ref?: string; content?: Record<string, { schema: unknown }> };
  if ($ref === undefined)
    return content?.['application/json']
      ? schemaBlock(`${status}, application/json`, content['application/json'].schema)
      : html`<h3>${status}, no body</h3>`;
  const codes = $ref.slice(REFERENCE.length).split('-or-');
  return html`<p class="problem">${status}${codes.map((code) => html` <a href="#${code}">${code}</a>`)}</p>
`;
};

const problemSection = (problems: DescribedProblem[]): Html => html`
<section id="problems">
<h2>problems</h2>
<table><tr><th>Code</th><th>Status</th><th>Says</th></tr>${problems.map(
  ({ code, status, title }) =>
    html`<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`,
)}</table>
</section>`;

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2330; --dim: #5a6375; --paper: #fff; --line: #dfe3ea; --soft: #f5f6f9; --fire: #b8321a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaf0; --dim: #a3abbd; --paper: #14171d; --line: #2c323d; --soft: #1c2028; --fire: #ff8a6b; } }
* { box-sizing: border-box; }
body { margin: 0; display: flex; font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; flex: 0 0 14rem; padding: 2rem 1.25rem; border-right: 1px solid var(--line); }
nav strong { display: block; margin-bottom: 1rem; color: var(--fire); }
nav a { display: block; padding: .2rem 0; color: var(--dim); text-decoration: none; }
nav a:hover, nav a:focus { color: var(--fire); }
main { flex: 1; min-width: 0; max-width: 60rem; padding: 2rem clamp(1rem, 4vw, 3rem) 6rem; }
h1 { margin-top: 0; } h2 { margin-top: 3rem; text-transform: capitalize; } h3 { margin: 1.25rem 0 .4rem; font-size: .9rem; }
a { color: var(--fire); }
code, pre { font: .875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { margin: 0; padding: .75rem 1rem; overflow: auto; background: var(--soft); border-radius: 6px; }
details.schema { border: 0; } details.schema summary { font-size: .9rem; font-weight: 600; }
main section > details { border-bottom: 1px solid var(--line); padding: .6rem 0; }
summary { cursor: pointer; } summary span { color: var(--dim); }
summary b { display: inline-block; min-width: 4.2rem; font: 600 .8rem/1.5 ui-monospace, monospace; color: var(--dim); }
summary b.post, summary b.put, summary b.patch, summary b.delete { color: var(--fire); }
table { width: 100%; border-collapse: collapse; margin: .75rem 0; font-size: .9rem; }
th, td { padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
tr:target, details:target { background: var(--soft); }
.problem { margin: .15rem 0; font-size: .9rem; }
@media (max-width: 48rem) { body { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 1rem; } nav a { display: inline-block; margin-right: .9rem; } }
`;
