create table source (
    stream  text collate "C" not null,
    version bigint not null,
    constraint source_stream primary key (stream)
) with (fillfactor = 70);
comment on table source is 'How far each stream of the bus has been taken in, moved in the transaction that changes the other tables';
comment on column source.version is '0 while nothing but early events has come';

create table waiting (
    stream  text collate "C" not null,
    version bigint not null,
    type    text not null,
    body    text not null,
    constraint waiting_stream_version primary key (stream, version)
);
comment on table waiting is 'Events that came before their predecessors';

create table issuer (
    issuer_id uuid not null,
    name      text not null,
    constraint issuer_id primary key (issuer_id)
);

create table investor (
    investor_id uuid not null,
    name        text,
    currency    text,
    balance     numeric not null,
    reserved    numeric not null,
    committed   numeric not null,
    changed_by  xid8 not null,
    constraint investor_id primary key (investor_id)
);
create index investor_changed_by on investor (changed_by);
comment on table investor is 'Shown once it has a name';

create table invoice (
    invoice_id          uuid not null,
    issuer_id           uuid,
    currency            text,
    asking_price        numeric,
    status              text not null,
    winning_bid_id      uuid,
    winning_investor_id uuid,
    winning_amount      numeric,
    changed_by          xid8 not null,
    constraint invoice_id primary key (invoice_id)
);
create index invoice_issuer on invoice (issuer_id, invoice_id);
create index invoice_winner on invoice (winning_investor_id, invoice_id);
create index invoice_status on invoice (status, invoice_id);
create index invoice_changed_by on invoice (changed_by);
comment on table invoice is 'Shown once it has an issuer';
comment on column invoice.status is 'As the gRPC contract names it';

-- Watches ask for what transactions have changed that were not visible to their last look.
create function changed() returns trigger language plpgsql as $$
begin
    new.changed_by := pg_current_xact_id();
    return new;
end
$$;
create trigger investor_changed before insert or update on investor for each row execute function changed();
create trigger invoice_changed before insert or update on invoice for each row execute function changed();

create table bid (
    bid_id              uuid not null,
    investor_id         uuid,
    invoice_id          uuid,
    currency            text,
    amount              numeric,
    released            numeric not null,
    committed           numeric not null,
    won                 boolean,
    rejected_because    text,
    unprocessed_because text,
    -- What was bid above the asking price is released on winning: a winner has all of it back only after a reversal.
    status              text generated always as (case
        when amount is null then null
        when committed > 0 then 'BID_STATUS_COMMITTED'
        when won and released >= amount then 'BID_STATUS_RELEASED'
        when won then 'BID_STATUS_WON'
        when coalesce(rejected_because, unprocessed_because) is not null then 'BID_STATUS_REJECTED'
        else 'BID_STATUS_PLACED'
    end) stored,
    constraint bid_id primary key (bid_id)
);
create index bid_investor on bid (investor_id, bid_id);
create index bid_invoice on bid (invoice_id, bid_id);
create index bid_status on bid (status, bid_id);
comment on table bid is 'Gathers three streams in any order, so each column is of one of them. Shown once it has a status';
comment on column bid.amount is 'Of the investor, as are the investor, invoice, currency and what was released and committed';
comment on column bid.won is 'Of the invoice, as is why it was rejected';
comment on column bid.unprocessed_because is 'Of the command to process the bid';
