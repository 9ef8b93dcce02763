import { type Html, html } from '../domain/html.ts';
import type { Fact } from '../domain/proactive/traffic/facts.ts';

/** A fact, or none where it is not known. */
export const fact = (label: string, value: string | undefined): Fact[] => (value ? [{ label, value }] : []);

/** Facts below each other; line breaks in a value stay. */
export const factList = (facts: Fact[]): Html => html`<dl class="facts">
${facts.map(({ label, value }) => html`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl>`;
