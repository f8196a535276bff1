"""Words that names are made of: surnames, characters and names that people are given, titles.

None of the lists can be complete; they are clues, weighed with all others by the tagger.
"""

from __future__ import annotations

import re
from typing import Final

SURNAMES: Final = (
    "王李张刘陈杨赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余杜叶程魏苏吕丁卢姚沈钟姜崔谭陆范汪廖"
    "石贾韦付邹熊孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵覃武钱戴严莫孔汤尤樊葛邢殷章鲁冉倪柯翟霍耿阮俞焦柳祝詹岳骆聂"
    "佟鄢庞邬苗辛鲍卞齐伍卜舒屈凌裴甄靳蒲邰郁单杭洪左吉滕窦费廉岑宁仇栾荀阎卓蔺屠池乔覃涂佘"
)
"""Surnames that are hardly anything else."""
ALSO_WORDS: Final = (
    "高方白金万常安成任于夏温黄文华全向和时从关明车项路计包平齐商严水云花游牛强艺党公国康连宫隆师巩查后红权桂应宗宣季麻施"
    "习容易古都广房解干丰经能双管来年匡景边莘曲支喻柏梅盛封乐伊封元皮席谷戚简饶利沙冷邓"
)
"""Surnames that are everyday words too: they count where the word cutter sees no other word."""
COMPOUND: Final = re.compile(
    "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|夏侯|端木|百里|南宫|呼延|轩辕"
)
TITLE: Final = re.compile(
    r"副?总经理|副?总监|副?总裁|董事长|总工程师|总工|副总|总助|总(?!体|数|额|算|价|部|公|务|包|觉|归|结|是|在|之|共|量|计|和|得|不|要|能|想|有|说是|会计|代|经销)"
    r"|副?经理|副?主任|副?厂长|副?院长|副?科长|副?处长|副?部长|副?局长|副?校长|园长|行长|所长|站长|镇长|村长|副?会长|理事长|秘书长|护士长|店长|班长|组长|队长|司长|船长|车间主任"
    r"|书记|主席|老师|教练|医生|大夫|教授|博士|院士|护士|工程师|师傅|先生|女士|小姐|太太|夫人|老板|主管|主办|会计|出纳|秘书|助理|律师|顾问|专员|代表|同学|哥|姐|叔|婶|嫂|阿姨|大姐|大哥|董(?!事会)|工(?![作人艺厂期程序资具业地会商种装友伤])|处(?![理于在])|局(?![面限])|科(?![技学室普])"
)
"""What follows a surname, or stands alone for nobody in particular."""
GIVEN: Final = frozenset(
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞刚桂英华玉兰建国志文辉红梅燕鹏飞丹萍玲峰斌俊宇浩轩梓涵佳怡欣悦晨晓雪莹婷琳慧颖倩蕾薇洁琴芬淑珍莲翠凤彩菊荣福祥瑞森栋梁柏庆永昌盛德义仁忠诚信良善勤恩泽润波涌磐铭钧锋鑫铮锐毅恒帆翔云雷震霖雨露虹霄凌凯旋琦琪瑶璐珊瑾瑜璇玥珂珏琛璟皓昊旭阳晖曦昕朗耀煜炜烨灿炎焱彬哲睿思博翰章诗韵舒"
    "维民平明春秋生根宝贵贤达卫东南海江河川岩树松林长青龙虎群聪智立伦纲常祖宗继承启振兴奇正中元亨利贞吉子之如若予一依楠楚乔羽菲妍媛嫣婉娴娇姗姝妮姣婵琼瑛璧璎碧馨香芸芝芹苗茜茹荷蓉蓓蕊薰萱晴晗智航远鸣倚昭晋景晶友力卓可嘉圆坤垚培基尧崇岚岳崎嵩巍希广彤彦彪得心忆怀恬悠惠意成扬拓捷教新方旺时星曼朋术杨柳柔桐梦楷榕槐歆武毓沁泉洲济淇清渊湘溪滢漫潇澜灵焕熙爽玮珠琨璋甜畅盈真睛礼禹秉科秦程穗竹笑笛筠简粤素红纯纪绍络绮维美翎翊耘胜能致航艺芊茵莎菁萌葳蔚蕙言记许语谦谷豪越跃轶辰逸道邦郁鉴钊钦锦镇阔雁雅静韬音顺领风飒骁骏高魁鲲鸿鹤麒麟黎默鼎齐"
)
"""Characters that given names are made of."""
GIVEN_EN: Final = frozenset(
    """Aaron Abby Abdul Abigail Abraham Adam Adele Aditya Adrian Agnes Ahmed Aidan Aisha Alan Albert Alejandro Alex Alexa Alexander Alexandra Alfred Ali Alice Alicia Alison Allison Alyssa Amanda Amelia Amir Amit Amy Ana Andre Andrea Andreas Andrew Andy Angela Angelo Anil Anita Anjali Ann Anna Anne Annette Annie Anthony Antonio Arjun Arnold Arthur Asha Ashley Audrey Ava Barbara Barry Beatrice Becky Belinda Ben Benjamin Bernard Bernice Beth Bethany Betty Beverly Bianca Blake Bob Bobby Boris Brandon Brenda Brendan Brian Bridget Brittany Bruce Bruno Bryan Caitlin Callum Cameron Carl Carla Carlos Carmen Caroline Carolyn Carrie Cassandra Catherine Cathy Cecilia Cedric Charles Charlie Cheryl Chloe Chris Christina Christine Christopher Cindy Claire Clara Clare Claude Claudia Clifford Clive Colin Connie Connor Craig Cristina Curtis Cynthia Damian Damien Dan Daniel Danielle Danny Daphne Darren Dave David Deborah Debbie Deepak Denise Dennis Derek Desmond Diana Diane Diego Dmitri Dominic Donald Donna Doreen Doris Dorothy Doug Douglas Duncan Dylan Ed Eddie Edgar Edith Edward Edwin Eileen Elaine Eleanor Elena Eli Elijah Elizabeth Ella Ellen Ellie Emil Emily Emma Eric Erica Erik Erin Ernest Esther Ethan Eugene Eva Evan Evelyn Farah Fatima Felicity Felix Fernando Fiona Frances Francesca Francis Fred Freddie Frederick Gareth Gary Gavin Gemma Geoff Geoffrey George Gerald Gerard Gillian Gina Giovanni Gladys Glenda Glenn Gloria Gordon Graham Greg Gregory Gwen Hannah Hans Harold Harriet Harry Harvey Hassan Hector Heidi Helen Helena Henry Herbert Howard Hugh Hugo Ian Ibrahim Igor Imran Ingrid Irene Isaac Isabel Isabella Isla Ivan Jackie Jacob Jacqueline Jake James Jamie Jane Janet Janice Jared Jason Javier Jean Jeanette Jeff Jeffrey Jen Jennifer Jenny Jeremy Jerome Jerry Jess Jesse Jessica Jill Jim Jimmy Joan Joanna Joanne Jodie Joe Joel John Johnny Jon Jonathan Jorge Jose Joseph Josh Joshua Joyce Juan Juanita Judith Judy Julia Julian Julie Juliet Justin Kamal Karen Karl Kate Katherine Kathleen Kathryn Kathy Katie Kavita Keith Ken Kenneth Kerry Kevin Khalid Kieran Kim Kimberly Kirsty Kristen Kumar Kurt Kyle Lakshmi Lars Laura Lauren Laurence Lawrence Leah Leila Leo Leon Leonard Leroy Leslie Lewis Liam Lily Linda Lindsay Lisa Liz Lloyd Lois Lorenzo Lorraine Louis Louise Lucas Lucia Lucy Luis Luke Lydia Magda Malcolm Mandy Manuel Marc Marcel Marco Marcus Margaret Maria Marie Marilyn Mario Marion Marjorie Marlene Martha Martin Marvin Mary Mateo Matt Matthew Maureen Maurice Megan Mehmet Melanie Melissa Mia Michael Michelle Miguel Mike Mildred Milos Miriam Mitchell Mohamed Mohammed Moira Molly Monica Morgan Muhammad Muriel Nadia Nancy Naomi Natalie Natasha Nathan Neha Neil Nicholas Nick Nicola Nicole Nigel Nikolai Nina Noah Nora Norman Olga Oliver Olivia Omar Oscar Owen Pablo Pamela Patricia Patrick Paul Paula Pauline Pedro Peggy Penelope Percy Pete Peter Phil Philip Phillip Phoebe Phyllis Pierre Priya Rachel Rafael Raj Rajesh Ralph Ramon Raphael Rashid Ravi Raymond Rebecca Reginald Rhys Ricardo Richard Rick Rita Robert Roberta Roberto Rodney Roger Roland Ron Ronald Rosa Rosalind Rosie Ross Roy Rupert Russell Ruth Ryan Sally Salma Sam Samantha Samir Samuel Sandra Sanjay Sara Sarah Saul Scott Sean Sebastian Sergei Serena Shane Shannon Sharon Shaun Sheila Shelley Shirley Sidney Silvia Simon Simone Sofia Sonia Sophia Sophie Stacey Stan Stanley Stephanie Stephen Steve Steven Stewart Stuart Sunil Suresh Susan Susanna Suzanne Sven Sylvia Tamara Tanya Tara Ted Teresa Terence Terry Thelma Theo Theresa Thomas Tim Timothy Tina Toby Todd Tom Tomas Tommy Toni Tony Tracey Tracy Trevor Tristan Tyler Ursula Valerie Vanessa Vera Vernon Veronica Vicky Vijay Vikram Vincent Viola Vivian Vladimir Walter Wanda Wayne Wendy Wilfred William Winston Xavier Yasmin Yolanda Yusuf Yvonne Zachary Zara Zoe""".split()
)
ALSO_WORDS_EN: Final = frozenset(
    "Amber Dawn Hazel Holly Daisy Robin Rosemary Sandy Stella Jan Lynn Angus Ruby Heather Kay Kelly Cliff Skip Lee Max Art Bill Brook Carol Chase Christian Clay Dale Dean Drew Faith Frank Gene Glen Grace Grant Hope Jack Jay Jordan Joy Kit Lance Mark Miles Neal Pat Pearl Ray Rich Rob Rose Sue Victor Victoria Virginia Wade Will Florence Charlotte Georgia Jackson Austin".split()
)
"""Given names that are words, months or places too."""
