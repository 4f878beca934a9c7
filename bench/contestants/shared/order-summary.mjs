/** The response of the POST route: the business logic, which is the same for all contestants. */
export function summaryOf(order) {
  let total = 0;
  for (const { quantity, unitPrice } of order.lines) total += quantity * unitPrice;
  return { customer: order.customer.name, lines: order.lines.length, total, gift: order.gift };
}
