// A small application, for the runs that leave compiled code behind: of each kind and option that people use most, one.

/** Path to text. */
export function sampleFiles() {
  return {
    'base/kustomization.yaml':
      'resources:\n- app.yaml\n- more.yaml\nlabels:\n- pairs:\n    app: a\n  includeSelectors: true\nconfigMapGenerator:\n- name: c\n  literals:\n  - a=b\n',
    'base/app.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: a
spec:
  replicas: 1
  template:
    spec:
      containers:
      - name: a
        image: "a:1"
        envFrom:
        - configMapRef:
            name: c
---
apiVersion: v1
kind: Service
metadata:
  name: a
spec:
  ports:
  - port: 80 # the only one
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations: {note: "true", more: 'a: b'}
data:
  PORT: "8080"
  RATIO: '1.5'
  file: |
    one
    two
`,
    'base/more.yaml': `apiVersion: v1
kind: Namespace
metadata:
  name: example
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: a
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: store
spec:
  serviceName: a
  selector:
    matchLabels:
      app: store
  template:
    metadata:
      labels:
        app: store
    spec:
      serviceAccountName: a
      securityContext:
        runAsNonRoot: true
        seccompProfile:
          type: RuntimeDefault
      containers:
      - name: store
        image: store:1
        ports:
        - name: store
          containerPort: 6379
        env:
        - name: TOKEN
          valueFrom:
            secretKeyRef:
              name: token
              key: token
        securityContext:
          allowPrivilegeEscalation: false
          capabilities:
            drop: [ALL]
        livenessProbe:
          tcpSocket:
            port: store
        readinessProbe:
          httpGet:
            path: /ready
            port: 6379
        resources:
          requests: {cpu: 100m, memory: 128Mi}
          limits: {memory: 256Mi}
        volumeMounts:
        - name: data
          mountPath: /data
  volumeClaimTemplates:
  - metadata:
      name: data
    spec:
      accessModes: [ReadWriteOnce]
      resources:
        requests:
          storage: 1Gi
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: a
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: a
  minReplicas: 2
  maxReplicas: 4
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 70
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: a
spec:
  minAvailable: 1
  selector:
    matchLabels:
      app: a
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: a
spec:
  podSelector:
    matchLabels:
      app: a
  policyTypes: [Ingress, Egress]
  ingress:
  - from:
    - podSelector:
        matchLabels:
          app: store
    ports:
    - port: 80
  egress:
  - to:
    - namespaceSelector: {}
    ports:
    - port: 53
      protocol: UDP
---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: token
spec:
  secretStoreRef:
    name: store
    kind: SecretStore
  target:
    name: token
  data:
  - secretKey: token
    remoteRef:
      key: a/token
`,
    'overlay/kustomization.yaml':
      'resources:\n- ../base\nnamespace: example\nnamePrefix: p-\nimages:\n- name: a\n  newTag: "2"\npatches:\n- path: patch.yaml\n- target:\n    kind: Service\n  patch: |-\n    - op: add\n      path: /metadata/annotations\n      value: {a: b}\n',
    'overlay/patch.yaml':
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  template:\n    spec:\n      containers:\n      - name: a\n        resources:\n          limits:\n            cpu: 100m\n',
  }
}
