/** What the POST route answers for an order: the business of the application, the same for everyone. */
export function summaryOf(order) {
  let total = 0;
  for (const { quantity, unitPrice } of order.lines) total += quantity * unitPrice;
  return { customer: order.customer.name, lines: order.lines.length, total, gift: order.gift };
}
