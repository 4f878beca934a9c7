/** Event structure V1 of VPC Lattice, which `@types/aws-lambda` lacks. */
export interface LatticeEventV1 {
  raw_path: string;
  method: string;
  headers: Record<string, string> | null;
  query_string_parameters: Record<string, string> | null;
  body: string | null;
  is_base64_encoded: boolean;
}

/** The caller's identity as the network knows it; unknown members are left out. */
interface LatticeIdentity {
  sourceVpcArn?: string;
  /** `AWS_IAM` if an auth policy is used and the caller's signature is valid. */
  type?: string;
  principal?: string;
  principalOrgID?: string;
  sessionName?: string;
  x509IssuerOu?: string;
  x509SanDns?: string;
  x509SanNameCn?: string;
  x509SanUri?: string;
  x509SubjectCn?: string;
}

export interface LatticeRequestContext {
  serviceNetworkArn: string;
  serviceArn: string;
  targetGroupArn: string;
  identity: LatticeIdentity;
  region: string;
  /** Microseconds since 1970. */
  timeEpoch: string;
}

/** Event structure V2 of VPC Lattice, which `@types/aws-lambda` lacks. */
export interface LatticeEventV2 {
  version: '2.0';
  /** With the query string. */
  path: string;
  method: string;
  headers: Record<string, string[]> | null;
  queryStringParameters?: Record<string, string[]> | null;
  body?: string | null;
  isBase64Encoded?: boolean;
  requestContext: LatticeRequestContext;
}
