/** The shapes of the desk: dense and quiet. Every colour comes from the tokens. */

import { css } from 'lit';

export const desk_look = css`
  :host {
    font-size: 0.875rem;
    line-height: 1.35;
  }
  :focus-visible {
    outline-width: 2px;
    outline-offset: 1px;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 10px;
    padding: var(--s3) var(--s4) var(--s2);
  }
  .head h1,
  .head h2 {
    font-size: 1.0625rem;
    font-weight: 660;
    line-height: 1.25;
  }
  .head small {
    color: var(--ink-2);
    font-size: var(--t-xs);
  }
  .head small:last-child {
    margin-inline-start: auto;
  }
  .key {
    display: inline-block;
    min-inline-size: 1.5em;
    padding: 0 0.35em;
    border: 1px solid var(--edge);
    border-radius: 5px;
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.5;
    text-align: center;
  }
  .tag {
    display: inline-block;
    padding: 1px 8px;
    border-radius: 10px;
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.5;
    background: var(--sunk);
    color: var(--ink-2);
  }
  .tag.good {
    background: var(--good-soft);
    color: var(--good);
  }
  .tag.warn {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .tag.bad {
    background: var(--danger-soft);
    color: var(--danger);
  }
  .tag.act {
    background: var(--act-soft);
    color: var(--act);
  }
  .do {
    min-block-size: 36px;
    padding: 6px 12px;
    border: 1px solid var(--edge);
    border-radius: var(--r1);
    background: var(--surface);
    color: var(--act);
    font-weight: 620;
    line-height: 1.2;
  }
  .do.main {
    background: var(--act);
    border-color: var(--act);
    color: var(--on-act);
  }
  .do.bad {
    color: var(--danger);
  }
  .do .key {
    margin-inline-start: 6px;
    border-color: currentColor;
  }
  input,
  select,
  textarea {
    min-block-size: 36px;
    max-inline-size: 100%;
    padding: 4px 10px;
    border: 1px solid var(--edge);
    border-radius: var(--r1);
    background: var(--surface);
    color: var(--ink);
    font: inherit;
  }
  .quiet {
    color: var(--ink-2);
  }
  .note {
    color: var(--ink-2);
    font-size: var(--t-xs);
    line-height: 1.4;
  }
  @media (pointer: coarse) {
    .do,
    input,
    select,
    textarea {
      min-block-size: var(--touch);
    }
  }
`;
