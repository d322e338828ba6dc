-- What waits since before has none of these; it is financing's, whose tables show none of them.
alter table waiting
    add column id             uuid        not null default '00000000-0000-0000-0000-000000000000',
    add column recorded_at    timestamptz not null default 'epoch',
    add column correlation_id uuid        not null default '00000000-0000-0000-0000-000000000000',
    add column causation_id   uuid        not null default '00000000-0000-0000-0000-000000000000',
    add column traceparent    text        not null default '';
alter table waiting
    alter column id             drop default,
    alter column recorded_at    drop default,
    alter column correlation_id drop default,
    alter column causation_id   drop default,
    alter column traceparent    drop default;
