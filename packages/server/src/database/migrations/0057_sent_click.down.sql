drop type sent_click;
