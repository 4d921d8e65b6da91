drop table import_rejections;
drop table imports;
