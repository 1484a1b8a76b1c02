import { NOW } from '../../platform/redis/redisClock.ts';

/**
 * What one call asks of people is one hash, `ring:{call}`: `p:{person}` how they stand (JSON), `d:{person}:{device}` whether
 * that device is busy. Each script is one step that no other can come between, on whichever nodes they begin.
 */

/** KEYS: hash, the person's rings, the caller's, due. ARGV: call, person, JSON of the person, round, deadline, life in ms. */
export const BEGIN = `
local known = redis.call('HGET', KEYS[1], 'p:' .. ARGV[2])
if known then
  local person = cjson.decode(known)
  if person.round >= tonumber(ARGV[4]) or person.state == 'asked' then return 0 end
end
redis.call('HSET', KEYS[1], 'p:' .. ARGV[2], ARGV[3])
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if string.find(field, 'd:' .. ARGV[2], 1, true) == 1 then redis.call('HDEL', KEYS[1], field) end
end
redis.call('PEXPIRE', KEYS[1], ARGV[6])
for at = 2, 3 do
  redis.call('ZADD', KEYS[at], ARGV[5], ARGV[1])
  redis.call('PEXPIRE', KEYS[at], ARGV[6])
end
redis.call('ZADD', KEYS[4], ARGV[5], ARGV[1] .. ' ' .. ARGV[2])
return 1`;

/** KEYS: hash. ARGV: person, device, 1 if busy. Nobody rings who is no longer asked. */
export const ACKNOWLEDGE = `
local known = redis.call('HGET', KEYS[1], 'p:' .. ARGV[1])
if not known or cjson.decode(known).state ~= 'asked' then return 0 end
local field = 'd:' .. ARGV[1] .. ':' .. ARGV[2]
if redis.call('HGET', KEYS[1], field) == ARGV[3] then return 0 end
redis.call('HSET', KEYS[1], field, ARGV[3])
return 1`;

/** KEYS: a person's rings, those they are the caller of. ARGV: how long those are told of after their end, in ms. */
export const CALLS_OF = `${NOW}
return {
  now,
  redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf'),
  redis.call('ZRANGEBYSCORE', KEYS[2], now - ARGV[1], '+inf'),
}`;

/** KEYS: due. ARGV: how many at most. */
export const DUE_NOW = `${NOW}
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])`;

/**
 * The compare-and-set: the first answer wins. KEYS: hash, the person's rings, due. ARGV: call, person, to, device or '', in
 * how many ms to look again whether all that follows was done. Answers what came of it, and how the person stands.
 */
export const SETTLE = `${NOW}
local known = redis.call('HGET', KEYS[1], 'p:' .. ARGV[2])
if not known then return { 'none', '' } end
local person = cjson.decode(known)
local to = ARGV[3]
local isOpen = person.state == 'asked'
if to == 'missed' then
  if not isOpen or now < person.expiresAt then return { 'kept', known } end
elseif to == 'answered' and not isOpen and person.state ~= 'missed' then
  if person.state == 'answered' and person.deviceId == ARGV[4] then return { 'same', known } end
  return { 'lost', known }
elseif to == 'declined' and not isOpen then
  if person.state == 'answered' then return { 'lost', known } end
  return { 'same', known }
elseif to == 'ended' and not isOpen then
  return { 'kept', known }
elseif to == 'joined' then
  if person.state == 'answered' then return { 'same', known } end
  to = 'answered'
end
person.state = to
person.deviceId = ARGV[4]
known = cjson.encode(person)
redis.call('HSET', KEYS[1], 'p:' .. ARGV[2], known)
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZADD', KEYS[3], now + ARGV[5], ARGV[1] .. ' ' .. ARGV[2])
return { 'won', known }`;
