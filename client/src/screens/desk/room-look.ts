/** How a list, a map and a detail stand beside each other, or one at a time where there is no room. */

import { css } from 'lit';

export const list_room_look = css`
  :host {
    display: block;
    block-size: 100%;
    min-block-size: 0;
  }
  .room {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(300px, 26vw);
    block-size: 100%;
    background: var(--line);
    gap: 1px;
  }
  .room.mapped {
    grid-template-columns: minmax(280px, 24.5vw) minmax(0, 1fr) minmax(290px, 25vw);
  }
  .list,
  .detail,
  kezek-desk-map {
    min-block-size: 0;
    min-inline-size: 0;
    background: var(--surface);
  }
  .list {
    display: flex;
    flex-direction: column;
  }
  .detail {
    overflow: auto;
  }
  kezek-rows {
    flex: 1;
  }
  kezek-rows.empty {
    flex: none;
  }
  .as-of.silent,
  .as-of.behind {
    color: var(--danger);
    font-weight: 620;
  }
  .swap {
    display: flex;
    gap: 2px;
    padding: 2px;
    border-radius: var(--r1);
    background: var(--sunk);
  }
  .swap button {
    min-block-size: 32px;
    padding: 2px 10px;
    border: 0;
    border-radius: 6px;
    background: none;
    color: var(--ink-2);
    line-height: 1.2;
  }
  .swap [aria-pressed='true'] {
    background: var(--raised);
    color: var(--ink);
    font-weight: 660;
    box-shadow: inset 0 0 0 2px var(--act);
  }
  .nothing {
    flex: 1;
    display: grid;
    align-content: start;
    justify-items: start;
    gap: var(--s2);
    padding: var(--s5) var(--s4);
  }
  @media (max-width: 899px) {
    .room,
    .room.mapped {
      grid-template-columns: minmax(0, 1fr);
    }
    .room > * {
      display: none;
    }
    .room.at-list > .list {
      display: flex;
    }
    .room.at-map > kezek-desk-map {
      display: grid;
    }
    .room.at-detail > .detail {
      display: block;
    }
  }
`;
