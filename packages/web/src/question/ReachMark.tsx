import classes from './ReachMark.module.css';

/** Stands wherever credit is shown that does not add up. */
export function ReachMark() {
  return <span className={classes.mark}>reach, does not add up</span>;
}
