-- A case is read together with the duplicates that were joined into it.
create index family_case_alias on family_case (joined_into) where joined_into is not null;
