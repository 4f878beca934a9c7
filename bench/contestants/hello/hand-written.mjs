/** One route, with an access log. */
export const handler = async ({ requestContext: { http }, headers }, { awsRequestId }) => {
  const started = performance.now();
  const { method, path } = http;
  const found = method === 'GET' && path === '/hello';
  const body = JSON.stringify(found ? { message: 'Hello' } : { detail: 'Not Found' });
  const response = { statusCode: found ? 200 : 404, headers: { 'content-type': 'application/json' }, body };
  console.log(
    JSON.stringify({
      level: 'info',
      date: new Date().toISOString(),
      id: awsRequestId,
      method,
      path,
      status: response.statusCode,
      duration: performance.now() - started,
      userAgent: headers['user-agent'],
    }),
  );
  return response;
};
