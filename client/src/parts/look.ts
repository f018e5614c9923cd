/** The shapes that several parts and screens share; every colour and size comes from the tokens. */

import { css } from 'lit';

export const look = css`
  :host {
    display: block;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  svg {
    display: block;
    flex: none;
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .card {
    background: var(--surface);
    border-radius: var(--r2);
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  .row {
    display: grid;
    grid-template-columns: 32px 1fr auto;
    gap: var(--s3);
    align-items: center;
    padding: var(--s3) var(--s4);
    min-block-size: 56px;
    border-block-start: 1px solid var(--line);
    font-size: 1rem;
    line-height: 1.3;
  }
  .row:first-child {
    border-block-start: 0;
  }
  .row > div {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .row small {
    display: block;
    color: var(--ink-2);
    font-size: 0.875rem;
  }
  .row em,
  .row time {
    font-style: normal;
    font-size: 0.875rem;
    color: var(--ink-2);
  }
  .mark {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    display: grid;
    place-items: center;
    font-size: var(--t-s);
    font-weight: 700;
    background: var(--sunk);
    color: var(--ink-2);
  }
  .mark.good {
    background: var(--good-soft);
    color: var(--good);
  }
  .mark.warn {
    background: var(--warn-soft);
    color: var(--warn);
  }
  .mark.bad {
    background: var(--danger-soft);
    color: var(--danger);
  }
  .mark.act {
    background: var(--act-soft);
    color: var(--act);
  }
  .label {
    font-size: 0.875rem;
    line-height: 1.3;
    font-weight: 620;
    color: var(--ink-2);
  }
  .big {
    inline-size: 100%;
    min-block-size: var(--touch-big);
    padding: var(--s2) var(--s4);
    border: 0;
    border-radius: var(--r2);
    background: var(--act);
    color: var(--on-act);
    font-weight: 650;
    font-size: 1.1875rem;
    line-height: 1.2;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--s2);
    text-decoration: none;
  }
  .big:active {
    background: var(--act-press);
  }
  .plain {
    min-block-size: var(--touch);
    padding: var(--s2) var(--s4);
    border: 1.5px solid var(--edge);
    border-radius: var(--r2);
    background: var(--surface);
    color: var(--act);
    font-weight: 620;
    font-size: 1rem;
    line-height: 1.25;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--s2);
  }
  .plain.danger {
    color: var(--danger);
  }
  .chips {
    display: flex;
    gap: var(--s2);
    flex-wrap: wrap;
  }
  .chip {
    border: 1.5px solid var(--line);
    background: var(--surface);
    border-radius: 26px;
    min-block-size: var(--touch);
    max-inline-size: 100%;
    padding: var(--s1) var(--s4);
    font-size: 1rem;
    line-height: 1.2;
    display: flex;
    align-items: center;
    gap: var(--s2);
    text-align: start;
  }
  .chip b {
    font-weight: 700;
  }
  .chip[aria-pressed='true'] {
    background: var(--act);
    color: var(--on-act);
    border-color: var(--act);
    font-weight: 600;
  }
  .alert {
    display: flex;
    gap: var(--s3);
    align-items: flex-start;
    padding: var(--s3) var(--s4);
    border-radius: var(--r2);
    background: var(--warn-soft);
    color: var(--warn);
    font-size: var(--t-s);
    line-height: 1.4;
  }
  .alert.bad {
    background: var(--danger-soft);
    color: var(--danger);
  }
  @media (forced-colors: active) {
    .card,
    .big,
    .chip {
      border: 1px solid;
    }
  }
`;
