/** The parts of Kubernetes objects that the checks read. */

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
}

export type Labels = Readonly<Record<string, string>>;

export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
    readonly values?: readonly string[];
  }[];
}

/** An object of any kind. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly data?: Labels;
  readonly spec?: unknown;
}

export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string | number };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly env?: readonly {
    readonly valueFrom?: { readonly secretKeyRef?: { name: string; optional?: boolean } };
  }[];
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly lifecycle?: { readonly preStop?: { readonly sleep?: { readonly seconds: number } } };
  readonly resources?: { readonly requests?: Labels; readonly limits?: Labels };
  readonly volumeMounts?: readonly { readonly name: string }[];
}

export interface PodTemplate {
  readonly metadata: { readonly labels?: Labels };
  readonly spec: {
    readonly serviceAccountName?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly topologySpreadConstraints?: readonly { readonly labelSelector: LabelSelector }[];
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly volumes?: readonly {
      readonly name: string;
      readonly configMap?: { readonly name: string };
      readonly persistentVolumeClaim?: { readonly claimName: string };
    }[];
  };
}

export interface DeploymentSpec {
  readonly selector: LabelSelector;
  readonly template: PodTemplate;
}

export interface CronJobSpec {
  readonly jobTemplate: { readonly spec: { readonly template: PodTemplate } };
}

export interface ServiceSpec {
  readonly selector: Labels;
  readonly ports: readonly {
    readonly name?: string;
    readonly port: number;
    readonly targetPort?: string | number;
  }[];
}

export interface Reference {
  readonly kind?: string;
  readonly name: string;
  readonly port?: number;
  readonly sectionName?: string;
}

export interface RouteSpec {
  readonly parentRefs: readonly Reference[];
  readonly rules: readonly { readonly backendRefs?: readonly Reference[] }[];
}

export interface GatewaySpec {
  readonly listeners: readonly { readonly name: string }[];
}

export interface TargetingSpec {
  readonly scaleTargetRef?: Reference;
  readonly targetRef?: Reference;
  readonly metrics?: readonly { readonly resource?: { readonly name: string } }[];
}

export interface SelectingSpec {
  readonly selector: LabelSelector;
  readonly endpoints?: readonly { readonly port: string | number }[];
}

export interface Destination {
  readonly host: string;
  readonly subset?: string;
  readonly port?: { readonly number: number };
}

export interface VirtualServiceSpec {
  readonly gateways?: readonly string[];
  readonly http: readonly {
    readonly route: readonly { readonly destination: Destination; readonly weight?: number }[];
  }[];
}

export interface DestinationRuleSpec {
  readonly host: string;
  readonly subsets?: readonly { readonly name: string; readonly labels: Labels }[];
}

export interface NetworkPolicySpec {
  readonly podSelector: LabelSelector;
  readonly policyTypes?: readonly string[];
  readonly ingress?: readonly { readonly ports?: readonly { readonly port: number }[] }[];
  readonly egress?: readonly { readonly ports?: readonly { readonly port: number }[] }[];
}

export interface ExternalSecretSpec {
  readonly target: { readonly name: string };
  readonly secretStoreRef: Reference;
}
