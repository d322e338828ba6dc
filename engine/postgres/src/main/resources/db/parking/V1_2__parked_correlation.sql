alter table parked add column correlation text not null default '';
alter table parked alter column correlation drop default;
-- From outside, so it may be longer than any other index takes.
create index parked_correlation on parked using hash (correlation);
comment on column parked.correlation is 'The id of the command that began it all; empty if that could not be read';
