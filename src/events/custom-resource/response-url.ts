/**
 * Where CloudFormation is answered; `undefined` for what is not its URL, as in `...`, by which CDK's provider framework invokes its handlers.
 *
 * A function may be invoked by others than CloudFormation, and be handed an event of this shape: whoever made it must not
 * choose what this function's network is asked for. So the URL has to be one of CloudFormation's buckets. Outside of
 * Lambda, in a test or an emulator, it may be this machine; and where the environment names an endpoint for AWS itself
 * (`AWS_ENDPOINT_URL`, as LocalStack sets it), that.
 */
export function responseUrlOf(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return isBucket(url) || isThisMachine(url) || isEndpoint(url) ? url : undefined;
}

/** `cloudformation-custom-resource-response-useast1.s3.us-east-1.amazonaws.com`, in any partition. */
function isBucket({ protocol, hostname, port }: URL): boolean {
  return protocol === 'https:' && port === '' && BUCKET.test(hostname);
}

const BUCKET = /^cloudformation-custom-resource-response-[a-z0-9]{1,40}\.s3[a-z0-9.-]{0,40}\.(?:amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov)$/;

function isThisMachine({ hostname }: URL): boolean {
  return process.env['AWS_LAMBDA_INITIALIZATION_TYPE'] === undefined && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}

function isEndpoint({ hostname, port }: URL): boolean {
  return [process.env['AWS_ENDPOINT_URL_S3'], process.env['AWS_ENDPOINT_URL']].some((text) => {
    if (text === undefined || !URL.canParse(text)) return false;
    const endpoint = new URL(text);
    return port === endpoint.port && (hostname === endpoint.hostname || hostname.endsWith(`.${endpoint.hostname}`));
  });
}
