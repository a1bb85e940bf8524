import type { Vm } from "../topology";

/** The labels of a VM's Kubernetes node, each as kubectl writes it: "tier=db". */
export function labelTexts({ labels }: Vm): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}=${value}`);
}

/** The taints of a VM's Kubernetes node, each as kubectl writes it: "dedicated=db:NoSchedule". */
export function taintTexts({ taints }: Vm): string[] {
  return taints.map(({ key, value, effect }) => `${key}${value === undefined ? "" : `=${value}`}:${effect}`);
}
