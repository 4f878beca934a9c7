const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i;
const SKU = /^[A-Z]{3}-\d{4}$/;

/** Returns the errors of an order as `{ path, message }`. A valid order has none. */
export function validateOrder(order) {
  const errors = [];
  if (!isObject(order)) return [{ path: '', message: 'must be an object' }];
  checkCustomer(order.customer, errors);
  checkLines(order.lines, errors);
  if (order.note !== undefined && !isText(order.note, 0, 500))
    errors.push({ path: 'note', message: 'must have at most 500 characters' });
  if (typeof order.gift !== 'boolean') errors.push({ path: 'gift', message: 'must be true or false' });
  return errors;
}

function checkCustomer(customer, errors) {
  if (!isObject(customer)) {
    errors.push({ path: 'customer', message: 'must be an object' });
    return;
  }
  if (!isText(customer.name, 1, 100)) errors.push({ path: 'customer.name', message: 'must have 1 to 100 characters' });
  if (typeof customer.email !== 'string' || !EMAIL.test(customer.email)) {
    errors.push({ path: 'customer.email', message: 'must be an email address' });
  }
  if (!isInteger(customer.age, 18, 150))
    errors.push({ path: 'customer.age', message: 'must be an integer from 18 to 150' });
}

function checkLines(lines, errors) {
  if (!Array.isArray(lines) || lines.length < 1 || lines.length > 100) {
    errors.push({ path: 'lines', message: 'must be a list of 1 to 100 lines' });
    return;
  }
  for (let index = 0; index < lines.length; index++) checkLine(lines[index], index, errors);
}

function checkLine(line, index, errors) {
  if (!isObject(line)) {
    errors.push({ path: `lines.${index}`, message: 'must be an object' });
    return;
  }
  const { sku, quantity, unitPrice } = line;
  if (typeof sku !== 'string' || !SKU.test(sku))
    errors.push({ path: `lines.${index}.sku`, message: 'must look like ABC-1234' });
  if (!isInteger(quantity, 1, 1000))
    errors.push({ path: `lines.${index}.quantity`, message: 'must be an integer from 1 to 1000' });
  if (typeof unitPrice !== 'number' || !(unitPrice >= 0))
    errors.push({ path: `lines.${index}.unitPrice`, message: 'must not be negative' });
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(value, min, max) {
  return typeof value === 'string' && value.length >= min && value.length <= max;
}

function isInteger(value, min, max) {
  return Number.isInteger(value) && value >= min && value <= max;
}
