
import createClient from 'openapi-fetch';
import type { paths } from './api.js';

declare const process: { argv: string[] };
const api = createClient<paths>({ baseUrl: process.argv[2]!, headers: { 'x-api-key': 'local-key' } });
const order = { customer: { name: 'Ada', email: 'ada@example.com' }, lines: [{ sku: 'TEA-0042', quantity: 2, unitPrice: 450 }] };

const placed = (await api.POST('/orders', { body: order })).data!;
const path = { id: placed.id };
const { orders, nextCursor } = (await api.GET('/orders', { params: { query: { limit: 100, status: 'pending' } } })).data!;
const changed = (await api.PATCH('/orders/{id}/status', { params: { path }, body: { status: 'paid' } })).data!;
const broken = { ...order, customer: { name: 'Ada', email: 'nowhere' } };
const invalid = await api.POST('/orders', { body: broken });
const details = invalid.response.status === 422 ? (invalid.error as paths['/orders']['post']['responses'][422]['content']['application/json']).detail : [];
const file = new File(['hello'], 'note.txt', { type: 'text/plain' });
const attached = await api.POST('/orders/{id}/attachments', {
  params: { path },
  body: { file },
  bodySerializer: ({ file }) => {
    const form = new FormData();
    form.append('file', file as File);
    return form;
  },
});
const missing = await api.GET('/orders/{id}', { params: { path: { id: '01890a5d-ac96-774b-bcce-b302099a8057' } } });
const deleted = await api.DELETE('/orders/{id}', { params: { path } });

console.log(JSON.stringify({
  placed: { status: placed.status, total: placed.total },
  listed: [orders.some(({ id }) => id === placed.id), nextCursor],
  changed: changed.status,
  refused: details.map(({ msg }) => msg),
  attached: attached.data,
  missing: missing.response.status,
  deleted: deleted.response.status,
}));
