create table copy (
    copy_id    uuid not null,
    book_id    uuid,
    title      text,
    status     text,
    reader_id  uuid,
    changed_by xid8 not null,
    constraint copy_id primary key (copy_id)
);
create index copy_book on copy (book_id, copy_id);
create index copy_status on copy (status, copy_id);
create index copy_changed_by on copy (changed_by);
comment on column copy.status is 'As the gRPC contract names it';
comment on column copy.reader_id is 'Who has it or has it kept; on the shelf, who had it last';

-- Watches ask for what transactions have changed that were not visible to their last look.
create function changed() returns trigger language plpgsql as $$
begin
    new.changed_by := pg_current_xact_id();
    return new;
end
$$;
create trigger copy_changed before insert or update on copy for each row execute function changed();
