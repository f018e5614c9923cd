/** What a role does, and what it is called; the store decides what it may. */

import type { Key } from '../words';

export function logs_violations(role: string): boolean {
  return role === 'officer' || role === 'guard';
}

export function logs_assists(role: string): boolean {
  return role === 'volunteer' || role === 'leader';
}

export function role_name(role: string): Key {
  return NAMES[role] ?? 'role_other';
}

/** Those of the desk are said once the desk is loaded. */
const NAMES: Record<string, Key> = {
  officer: 'role_officer',
  guard: 'role_guard',
  volunteer: 'role_volunteer',
  leader: 'role_leader',
  operator: 'role_operator',
  dispatcher: 'role_dispatcher',
  inspector: 'role_inspector',
  supervisor: 'role_supervisor',
  planner: 'role_planner',
  analyst: 'role_analyst',
  auditor: 'role_auditor',
  administrator: 'role_administrator',
};
