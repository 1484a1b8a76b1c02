import * as z from 'zod/mini';
import { defineRoutes } from './contract/routes.ts';
import { UserId } from './contract/values.ts';
import { User, UserName } from './users.values.ts';

export { AvatarId, PersonProfile, PersonStatus, User, UserName } from './users.values.ts';

export const USERS_PER_REQUEST_MAX = 100;

export const userRoutes = defineRoutes({
  findUser: {
    summary: 'The person with exactly this user name, or who gave it up within the last 30 days.',
    method: 'GET',
    path: '/users/by-name/:userName',
    access: 'session',
    carriers: 'both',
    limits: ['findUser'],
    params: z.object({ userName: UserName }),
    reply: User,
    errors: ['user-not-found'],
  },
  listUsers: {
    summary: 'Those of these people with whom the caller shares or shared a chat; the others are left out.',
    method: 'POST',
    path: '/users/list',
    access: 'session',
    carriers: 'both',
    limits: ['read'],
    body: z.object({ ids: z.array(UserId).check(z.maxLength(USERS_PER_REQUEST_MAX)) }),
    reply: z.object({ users: z.array(User) }),
    errors: [],
  },
});
