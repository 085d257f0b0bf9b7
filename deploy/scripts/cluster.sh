# Sourced by the scripts that talk to a cluster: which one, and what runs there.
# shellcheck shell=bash
need ENVIRONMENT 'an overlay of deploy/kubernetes/overlays, such as staging or production'

overlay="deploy/kubernetes/overlays/$ENVIRONMENT"
namespace="osusume-$ENVIRONMENT"
deployment=osusume-serve
# how long a rollout may take, as kubectl reads it
timeout="${ROLLOUT_TIMEOUT:-10m}"
# the revision that ran before the last deploy: roll-back goes there
revision_file="$output/$ENVIRONMENT.revision"

if ! [[ "$ENVIRONMENT" =~ ^[a-z0-9-]+$ ]] || [ ! -d "$overlay" ]; then
  refuse "ENVIRONMENT is \"$ENVIRONMENT\": there is no folder $overlay"
fi
need_tool kubectl 'https://kubernetes.io/docs/tasks/tools/'

# With GKE_CLUSTER, the cluster is asked for from Google, and its address goes into a file of its own: the kubectl
# configuration of a laptop stays as it is. Another cluster has to be named by KUBECONFIG: nothing public is deployed to
# whichever cluster kubectl was last set to.
if [ "$ENVIRONMENT" != local ] && [ -z "${KUBECONFIG:-}" ]; then
  need GKE_CLUSTER "the name of the cluster for $ENVIRONMENT (or set KUBECONFIG, for a cluster that is not Google's)"
fi
if [ -n "${GKE_CLUSTER:-}" ]; then
  need GOOGLE_CLOUD_PROJECT 'the project of GKE_CLUSTER' GKE_LOCATION 'region or zone of GKE_CLUSTER, such as europe-west1'
  need_tool gcloud 'https://cloud.google.com/sdk/docs/install, with the component gke-gcloud-auth-plugin'
  cluster_folder="$(mktemp -d)"
  trap 'rm -rf "$cluster_folder"' EXIT
  export KUBECONFIG="$cluster_folder/kubeconfig"
  run gcloud container clusters get-credentials "$GKE_CLUSTER" --location "$GKE_LOCATION" --project "$GOOGLE_CLOUD_PROJECT" --quiet
fi

# the revision that the deployment has now; nothing when it does not exist yet
revision() {
  kubectl --namespace "$namespace" get deployment "$deployment" --ignore-not-found \
    --output 'jsonpath={.metadata.annotations.deployment\.kubernetes\.io/revision}'
}
