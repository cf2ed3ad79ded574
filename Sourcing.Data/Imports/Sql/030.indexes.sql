-- Indexes that a first load laid aside and that are to be made again: see app.begin_load. Empty at all other times.
create table if not exists app.indexes_aside (
    name text primary key,
    table_name text not null,
    definition text not null,
    -- In this order: what numbers are found by, what lists are sorted by, what words are found by.
    place int not null,
    laid_aside_at timestamptz not null default now()
);
alter table app.indexes_aside owner to sourcing_owner;
grant select on app.indexes_aside to sourcing_internal, sourcing_member, sourcing_supplier, sourcing_reporting;
grant select, delete on app.indexes_aside to sourcing_migrator;
