/** A table that is sorted by the column whose heading is pressed: largest first, then smallest first. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** show no heading; screen readers still read the label */
  readonly unseenLabel?: boolean;
  /** the value to sort by; null goes last. Without it the column cannot be sorted */
  readonly value?: (row: Row) => number | string | null;
  readonly cell: (row: Row) => ComponentChildren;
  /** align to the right */
  readonly numeric?: boolean;
}

interface Order {
  readonly column: string;
  readonly descending: boolean;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** the column to sort by at first; default: the order of `rows` */
  readonly first?: Order;
}

export function SortableTable<Row>({ label, columns, rows, keyOf, first }: Props<Row>) {
  const [order, setOrder] = useState<Order | null>(first ?? null);
  const by = columns.find(({ id }) => id === order?.column);
  const sorted = by?.value && order ? sortedBy(rows, by.value, order.descending) : rows;
  return (
    // The table may be wider than a phone: it scrolls sideways, also by keys.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached
    <figure class="table" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <Heading
                key={column.id}
                column={column}
                order={order?.column === column.id ? order : null}
                onOrder={setOrder}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, cell, numeric }, at) =>
                at === 0 ? (
                  <th key={id} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={id} class={numeric ? 'numeric' : undefined}>
                    {cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

interface HeadingProps<Row> {
  readonly column: Column<Row>;
  /** null = sorted by another column */
  readonly order: Order | null;
  readonly onOrder: (order: Order) => void;
}

function Heading<Row>({ column, order, onOrder }: HeadingProps<Row>) {
  const { id, label, unseenLabel, value, numeric } = column;
  const sort = order ? (order.descending ? 'descending' : 'ascending') : undefined;
  return (
    <th scope="col" class={numeric ? 'numeric' : undefined} aria-sort={sort}>
      {value ? (
        <button
          type="button"
          onClick={() =>
            onOrder({ column: id, descending: order ? !order.descending : Boolean(numeric) })
          }
        >
          {label}
          <span class="sort" aria-hidden="true">
            {order ? (order.descending ? '↓' : '↑') : ''}
          </span>
        </button>
      ) : (
        <span class={unseenLabel ? 'unseen' : undefined}>{label}</span>
      )}
    </th>
  );
}

function sortedBy<Row>(
  rows: readonly Row[],
  value: (row: Row) => number | string | null,
  descending: boolean,
): Row[] {
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null);
    if (typeof one === 'string' && typeof other === 'string')
      return sign * one.localeCompare(other);
    return sign * (Number(one) - Number(other));
  });
}
