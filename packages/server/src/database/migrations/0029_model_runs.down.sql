drop table model_runs;
