/** What a role does on the phone; the store decides what it may. */

import type { Key } from '../words';

export function logs_violations(role: string): boolean {
  return role === 'officer' || role === 'guard';
}

export function logs_assists(role: string): boolean {
  return role === 'volunteer' || role === 'leader';
}

export function role_name(role: string): Key {
  const names: Record<string, Key> = {
    officer: 'role_officer',
    guard: 'role_guard',
    volunteer: 'role_volunteer',
    leader: 'role_leader',
  };
  return names[role] ?? 'role_other';
}
