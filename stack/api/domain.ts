/** The optional host name of the API; the operator points a DNS record to its target (docs/deploy.md). */
import type { StageSettings } from '../../lib/config/stage.ts';
import { type Resources, ref } from '../cloudformation.ts';
import { compiled } from '../names.ts';

export function domain({ api }: StageSettings): Resources {
  if (!api.domain) return {};
  return {
    ApiDomain: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      Properties: {
        DomainName: api.domain.name,
        DomainNameConfigurations: [
          { CertificateArn: api.domain.certificateArn, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' },
        ],
      },
    },
    ApiDomainMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      DependsOn: [compiled.apiStage],
      Properties: { ApiId: ref(compiled.api), DomainName: ref('ApiDomain'), Stage: '$default' },
    },
  };
}
