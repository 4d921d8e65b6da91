drop view reporting.touches;
