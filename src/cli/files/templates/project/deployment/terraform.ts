import type { FrontDoor, ProjectSettings } from '../project-settings.js';
import { deployedName, type Deployment, FUNCTION_TIMEOUT, guideText, LAMBDA_TIMEOUT } from './deployment.js';

export const terraform: Deployment = {
  about: 'Terraform or OpenTofu',
  needs: '[Terraform](https://developer.hashicorp.com/terraform). Run `terraform init` once',
  command: 'terraform apply',
  ignored: ['.terraform/', '*.tfstate*', 'function.zip'],
  consumers: guideText('deploy/terraform.md'),
  mainFile: ['main.tf', 'the function, its role and its API'],
  files: (settings) => ({ 'main.tf': mainText(settings) }),
};

function mainText({ name: project, frontDoor }: ProjectSettings): string {
  const name = deployedName(project);
  return `terraform {
  required_version = ">= 1.5"
  required_providers {
    archive = { source = "hashicorp/archive", version = "~> 2.7" }
    aws     = { source = "hashicorp/aws", version = "~> 6.28" }
  }
}

# "lambent build" writes this folder.
data "archive_file" "function" {
  type        = "zip"
  source_dir  = "bundle"
  output_path = "function.zip"
}

resource "aws_iam_role" "function" {
  name = "${name}"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.function.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "function" {
  function_name    = "${name}"
  role             = aws_iam_role.function.arn
  filename         = data.archive_file.function.output_path
  source_code_hash = data.archive_file.function.output_base64sha256
  handler          = "handler.handler"
  runtime          = "nodejs24.x"
  architectures    = ["arm64"]
  memory_size      = 1024
  timeout          = ${LAMBDA_TIMEOUT}
  environment {
    variables = {
      # In seconds. The application responds with 504 before Lambda and the API time out.
      FUNCTION_TIMEOUT = "${FUNCTION_TIMEOUT}"
      LOG_LEVEL        = "info"
    }
  }
}

${FRONT_DOOR[frontDoor](name)}`;
}

/** Lets an API call the function. */
function permissionFor(api: string): string {
  return `resource "aws_lambda_permission" "api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.function.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "\${${api}.execution_arn}/*"
}`;
}

const FRONT_DOOR: Readonly<Record<FrontDoor, (name: string) => string>> = {
  'http-api': (name) => `# All requests. The application does the routing.
resource "aws_apigatewayv2_api" "api" {
  name          = "${name}"
  protocol_type = "HTTP"
  target        = aws_lambda_function.function.arn
}

${permissionFor('aws_apigatewayv2_api.api')}

output "url" {
  value = aws_apigatewayv2_api.api.api_endpoint
}
`,
  'rest-api': (name) => `# All requests. The application does the routing.
resource "aws_api_gateway_rest_api" "api" {
  name = "${name}"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "${name}", version = "1" }
    # The API would otherwise treat the bytes of uploads and files as text.
    "x-amazon-apigateway-binary-media-types" = ["*/*"]
    paths = { for path in ["/", "/{proxy+}"] : path => {
      "x-amazon-apigateway-any-method" = {
        "x-amazon-apigateway-integration" = {
          type       = "aws_proxy"
          httpMethod = "POST"
          uri        = aws_lambda_function.function.invoke_arn
        }
      }
    } }
  })
}

resource "aws_api_gateway_deployment" "api" {
  rest_api_id = aws_api_gateway_rest_api.api.id
  triggers    = { body = sha1(aws_api_gateway_rest_api.api.body) }
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "api" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  deployment_id = aws_api_gateway_deployment.api.id
  stage_name    = "prod"
}

${permissionFor('aws_api_gateway_rest_api.api')}

output "url" {
  value = aws_api_gateway_stage.api.invoke_url
}
`,
  'function-url': () => `# Public, like the other kinds of API. AWS_IAM requires callers to sign requests.
resource "aws_lambda_function_url" "url" {
  function_name      = aws_lambda_function.function.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_permission" "url" {
  action                 = "lambda:InvokeFunctionUrl"
  function_name          = aws_lambda_function.function.function_name
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "invoke" {
  action                   = "lambda:InvokeFunction"
  function_name            = aws_lambda_function.function.function_name
  principal                = "*"
  invoked_via_function_url = true
}

output "url" {
  value = aws_lambda_function_url.url.function_url
}
`,
};
