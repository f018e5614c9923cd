/** How a card lies in the queue. */

import { css } from 'lit';

export const card_look = css`
  .card-row {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-content: center;
    gap: 2px var(--s2);
    block-size: 100%;
    padding: 6px var(--s4) 6px 18px;
  }
  .card-row.urgent {
    box-shadow: inset 6px 0 0 var(--danger);
  }
  .card-row b,
  .card-row .where,
  .card-row .who {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .card-row b {
    font-weight: 640;
  }
  .card-row .where,
  .card-row .who,
  .card-row time {
    color: var(--ink-2);
    font-size: var(--t-xs);
  }
  .card-row .tags {
    grid-column: 1 / -1;
    display: flex;
    gap: 6px;
    overflow: hidden;
    white-space: nowrap;
  }
  .card-row i {
    font-style: normal;
  }
`;
