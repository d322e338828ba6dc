alter table parked
    add column id          uuid not null default gen_random_uuid(),
    add column type        text not null default '',
    add column fingerprint text not null default '',
    add column discarded   text;
alter table parked
    alter column id drop default,
    alter column type drop default,
    alter column fingerprint drop default,
    add constraint parked_id unique (id),
    add constraint parked_number unique (number);
-- A key may be longer than any other index takes.
create index parked_key on parked using hash (key);
create index parked_fingerprint on parked (fingerprint);
comment on column parked.id is 'Derived from consumer and message_id, for operators to name it';
comment on column parked.type is 'The stable name of what the message says; empty if that could not be read';
comment on column parked.attempts is 'How often it was tried; 0 for one that only stands behind another of its key';
comment on column parked.fingerprint is 'The same for messages that failed alike; empty for one that never failed';
comment on column parked.discarded is 'Why it is to be finished without effect when its turn comes; else null';
