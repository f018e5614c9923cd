/** The desk's frame: rooms on top, one room under them, a quiet line at the foot; red when it is deaf. */

import { css } from 'lit';

export const frame_look = css`
  :host {
    position: relative;
    display: grid;
    grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr);
    block-size: 100vh;
    block-size: 100dvh;
    background: var(--surface);
    overflow: hidden;
  }
  header.top {
    display: flex;
    align-items: center;
    gap: var(--s2) var(--s4);
    min-block-size: 50px;
    padding: 6px var(--s4);
    background: var(--brand);
    color: var(--on-brand);
  }
  .brand {
    font-size: 1.125rem;
    font-weight: 760;
    letter-spacing: -0.02em;
  }
  nav {
    display: flex;
    gap: 2px;
    min-inline-size: 0;
    overflow-x: auto;
    scrollbar-width: none;
  }
  nav a {
    flex: none;
    padding: 8px 11px;
    border-radius: var(--r1);
    color: var(--on-brand-2);
    text-decoration: none;
    white-space: nowrap;
  }
  nav a:hover {
    color: var(--on-brand);
  }
  nav a[aria-current] {
    background: color-mix(in srgb, var(--on-brand) 16%, transparent);
    color: var(--on-brand);
    font-weight: 640;
  }
  kezek-command {
    flex: 1 1 160px;
    max-inline-size: 340px;
    margin-inline-start: auto;
  }
  .pulse {
    display: flex;
    align-items: center;
    gap: 8px;
    white-space: nowrap;
  }
  .pulse i {
    inline-size: 9px;
    block-size: 9px;
    border-radius: 50%;
    background: var(--lamp-on);
  }
  .pulse.off i {
    background: none;
    border: 2px solid var(--lamp-off);
  }
  .me {
    min-inline-size: 0;
    color: var(--on-brand-2);
    line-height: 1.2;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .silent-note {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px var(--s3);
    padding: 8px var(--s4);
    background: var(--alarm);
    color: var(--on-alarm);
  }
  .silent-note button {
    margin-inline-start: auto;
    background: none;
    border-color: currentColor;
    color: inherit;
  }
  /* The frame lies over everything and takes no press. */
  .red {
    position: absolute;
    inset: 0;
    z-index: 4;
    border: 5px solid var(--alarm);
    pointer-events: none;
  }
  .place {
    min-block-size: 0;
    min-inline-size: 0;
    overflow: hidden;
  }
  .place > .page {
    block-size: 100%;
    overflow: auto;
    background: var(--bg);
  }
  .page .to-phone {
    margin: 0 auto var(--s5);
    max-inline-size: var(--column);
    padding-inline: var(--s4);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--s5);
    padding: 6px var(--s4);
    border-block-start: 1px solid var(--line);
    color: var(--ink-2);
    font-size: var(--t-xs);
  }
  footer b {
    font-weight: 620;
    color: var(--ink);
  }
  footer button {
    margin-inline-start: auto;
    padding: 0 4px;
    border: 0;
    background: none;
    color: var(--ink-2);
  }
  @media (max-width: 1180px) {
    .me,
    .brand {
      display: none;
    }
    header.top {
      column-gap: var(--s2);
      padding-inline: var(--s2);
    }
    nav a {
      padding-inline: 7px;
      font-size: var(--t-xs);
    }
    kezek-command {
      flex-basis: 110px;
    }
    /* The lamp stays; the words come back when it is not lit. */
    .pulse:not(.off) span {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @media (max-width: 899px) {
    header.top {
      flex-wrap: wrap;
    }
    nav {
      order: 3;
      flex-basis: 100%;
    }
    nav a {
      min-block-size: var(--touch);
      display: grid;
      place-items: center;
    }
    kezek-command {
      max-inline-size: none;
      margin: 0;
    }
    .silent-note button {
      min-block-size: var(--touch);
    }
  }
`;
