import type { DeploymentTool } from '../project-settings.js';
import { cdk } from './cdk.js';
import type { Deployment } from './deployment.js';
import { sam } from './sam.js';
import { serverless } from './serverless.js';
import { sst } from './sst.js';
import { terraform } from './terraform.js';

export const DEPLOYMENTS: Readonly<Record<DeploymentTool, Deployment>> = { sam, cdk, terraform, serverless, sst };
