"""What nobody could answer without asking back, and what only looks like that."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.message_store import StoredMessage
from bot.features.coach.rules import answerability
from bot.features.coach.rules.answerability.hello import greets_only
from bot.features.coach.rules.catalogue import Finding, Part, Rule
from bot.features.coach.rules.reading import PHRASE, read
from bot.features.coach.rules.rooms import room_of
from bot.features.coach.rules.situation import Situation
from tests.features.coach.talk import ANA, PRIYA, SAM, TOM, message, told

HELLOS = """
someone here?
hi, somebody there?
hi
hello?
Hey there!
Hi everyone
hello guys
Hi, anyone around?
is anyone there
Anybody here?
Any django experts here?
olá pessoal
Hello sir
Hi team
Any one here?
any devs around?
Hey, anyone online?
Hello team
""".strip().splitlines()
VAGUE = """
Hello, I am new to this community. I have a question regarding the API. Who can help me?
Hey folks, not sure if this is the right channel but I have a question about SSO
hi, is there somebody who can answer a question about permissions?
Hi Team, Could anyone please help me on this issue
I want to export my data. Can anyone help me?
does anyone know how to fix this?
can someone from support contact me?
hello, is there anyone who can help me?
can anyone help me?
Can somebody please help me out with something
could anyone help me with react native
I need help
i need some help with my project
need help please
please help
Help!
Help me please
guys help
I have a question
I've got a quick question about the deploy pipeline
hi, quick question
Hi all. I have a small question regarding permissions
can I ask a question?
may i ask something?
Can I ask you guys something about kubernetes?
@Priya do you have a minute?
Hey Sam, got a minute?
Hi Ana, do you have 5 minutes today?
<@U1> you there?
are you around?
can we talk?
Can we chat about the project?
could we have a quick chat about the roadmap
<@U1> can I talk to you?
I'd like to discuss something with you
Hello, I need some assistance with my account please
anyone here good at regex?
is anyone here familiar with terraform?
Hi, is there anyone from support team?
who can help me with jenkins?
does anyone know about graphql?
Hello I am new here and need help
I have a doubt in python
i have some doubts regarding pandas
hello i want to ask something
I wanted to ask about pricing
I need to ask you something
any update?
any news on this?
what do you think?
can you take a look?
how do I fix this?
can someone explain this to me?
@Ana could you take a look at this when you have a sec?
Bonjour, j'ai une question
Hola, necesito ayuda
Hallo zusammen, ich hätte eine Frage zum Deployment
Kann mir jemand helfen?
alguém pode me ajudar?
Hi i need help with python
hey, do you have time to talk?
I need help with my assignment
can anybody help me fix my code
sorry to bother, but I have a question
hello friends, I need your help
I've a question
Hi, could someone help me understand something?
hey can someone help me real quick
Can anyone assist?
Hey guys, I have a question about redux-saga
got a question about async
Hi I have a question related to oauth
Quick q about the API
Is anyone available to help me with an issue?
I have question
Any help please?
Hi @Sam can you please help me?
Can someone from the infra team help me?
Anyone online who can help with CSS?
Is anybody here who can help me with vue?
can i pm you?
May I ask a question here?
hi i need some help
HELP
Hi, I need a little help with my setup
quick question
I have a quick question for you
Hi all, is anyone able to help me with a small issue?
Good morning, I need help with my account
Good afternoon all, quick question
Hey everyone, hope you're doing well. I have a question about billing
Thanks in advance, can anyone help me?
Sorry to bother you, but could you help me with something?
Hi! could someone please assist me
please can anyone help me with selenium
I'm new to python and I need help
hey @Sam, question for you
looking for some help with nginx
I was wondering if anyone could help me
I was wondering if someone here can help me with css
Hello! Can I get some help?
can i get help with my code
Does anyone have a minute to help me?
anyone willing to help a noob?
I really need your help
plz help
someone help me
Somebody can help me?
someone can help me please?
Can you guys help me?
hi can you help me
Hello, does anyone here know about kafka?
I wanna ask something
i want to ask a question about docker
can we talk privately?
@Ana you got a sec?
hey @Ana, are you free?
ping
""".strip().splitlines()
PROBLEMS = """
Hi all, I'm new here. I have an issue with my deployment, can anyone guide me?
my build keeps failing, any ideas?
hi, login is broken
I'm trying to upload a file but it doesn't work
hi, I am trying to install the gem but I get an error
i have a problem
Hi, I'm having trouble with docker
I'm having some issues with the api
i am facing an issue with login
I'm getting an error, can anyone help?
it doesn't work, please help
my code doesn't work, any ideas?
my app is crashing, can someone help?
Hi, my webhook is not working
Hello, I am stuck. Can anyone help?
I'm stuck with webpack config, can someone help
Hi, I have an issue
Can anyone help me out? I'm stuck
hello i have problem with install
can anyone help? i'm stuck
hi guys i have some problem with my code
Hello, I have a problem with my order
Hi, I'm having a problem
hey guys, having an issue with docker compose
i got a problem
""".strip().splitlines()
UNSHOWN = """
please approve my PR
Can someone merge my PR?
need a review on my PR please
can i get some eyes on my PR?
can someone look at my PR please
please review my PR
Could somebody review my pull request?
Thoughts on the doc?
can you check my ticket?
""".strip().splitlines()
SPARSE = """
Hey all, anyone around that could help me out with some python stuff?
I'm getting a weird error in my django app
hello i have an issue with my flask application
Can someone tell me what's wrong with my code?
I am new to programming, where should I start?
does anyone have experience with celery?
anyone worked with pyspark before?
anybody familiar with airflow?
Hey guys, my loop isn't working, can anyone take a look?
I'm having trouble understanding decorators
hi, could someone point me in the right direction?
I need some advice
looking for some advice on career
why doesn't this work?
Any suggestion guys?
Hi everyone, I need help with my homework
need help in python
hey, need some help with pandas dataframes
How can I solve this issue?
what am i missing here?
am I doing something wrong?
hi can anyone help me with this error please
I've been stuck on this for hours, can somebody help?
Does anyone here use pycharm? I have a problem with it
I have a weird bug
can anyone spot what's wrong?
Got a question for the SQL gurus
Looking for someone to help me with a project
Hey! is anyone free to help me debug something?
my tests are failing and i don't know why
django migrations not working
I can't get my server to start
It gives me an error, please help
how do i fix that error
Hi! Would anybody have some time to help me with a small problem I have?
hi there, I have a strange problem with generics
hello everyone I am having some issues with pip, can anyone help
Is there anybody who can help with an elm decoder question?
hey @Priya can I pick your brain about something?
<@U0PRIYA00> can you have a look at the thing when you're back?
<@U0PRIYA00> the numbers don't look right, can you check?
<@U0PRIYA00> do you have an update for me?
<@U0PRIYA00> can you help me with the deployment?
staging is acting up again, can anyone look?
something is wrong with CI
CI is failing for me, any ideas?
is anyone else having issues with the vpn?
the website looks strange today
who can review my PR?
PR is ready for review, please take a look
please have a look at the spec and comment
can you send me the doc again?
could you share the file?
<@U0PRIYA00> ping regarding the invoice
any progress?
where are we with this?
when can I expect it?
a customer reported a bug, can somebody investigate?
Please advise.
urgent!! please respond
Hi, Can anyone please help me to solve the below issue
Hello Team, I am facing one problem in my react project. Can anyone please help me on this?
hello! can someone guide me with the installation?
Hi all, newbie here, need some guidance on how to start with kotlin
hi is there any admin here?
Morning all, has anyone got time to assist with a docker issue?
need someone with admin access to help me asap
Why is the dashboard empty?
I have an urgent issue, who should I contact?
can u help me plz
Hello guys! I'm stuck, any hint?
hi, I just started learning elm and I'm a bit lost, anyone can help?
trying to get this working but no luck. ideas?
Does anyone have time for a beginner question?
what do I need to do next?
Is this supposed to work like that?
Has anybody run into this?
anyone experienced this issue?
help me understand this
can someone please guide me on this?
<@U0PRIYA00> the report is wrong
<@U0PRIYA00> pls fix the build
<@U0PRIYA00> can you get back to me on that?
<@U0PRIYA00> any luck?
<@U0PRIYA00> how's it looking?
<@U0PRIYA00> please take care of the ticket
I can't log in
my account is locked
the app keeps crashing
page won't load for me
emails are not being sent
we're getting complaints from users
Hey, I tried to follow the tutorial but I get errors
Can I get a hand with git?
Anyone know why my build fails?
I don't understand how this works
How to do this?
this is driving me crazy, can someone take a look?
I'd appreciate some help with setting up my project
hi all. I'm looking for some guidance regarding a project
Is there any expert in here that could answer some questions?
call?
can you join a quick zoom?
""".strip().splitlines()
"""Asks and complaints that name nearly nothing."""
ENOUGH = """
why?
how so?
how come?
what's that?
is that so?
did it?
what else?
how was it?
what's new?
is this real?
what would you do?
is it just me?
I have a bad feeling about this
not working today, see you tomorrow
not bad
Does anyone know of a good library for parsing PDFs?
what's the best way to deploy a flask app?
is there a way to sort a dict by value?
How do you guys structure your projects?
anyone going to PyCon this year?
What editor do you use?
has anyone tried the new version of black?
Does elm support web components?
how do I convert a list to a string?
What is the difference between a list and a tuple?
which book would you recommend for learning clojure?
is there a racket package for websockets?
can I use async with flask?
why is python slow compared to go?
how long does the build usually take?
what's the status of the migration?
when is the next release?
is the standup cancelled today?
are we still meeting at 3?
who's on support this week?
who owns the billing service?
where do we keep the design files?
can someone add me to the ops channel?
could somebody approve the travel request from Gil?
<@U0PRIYA00> can you restart the staging server?
<@U0PRIYA00> please send me the signed contract from Acme
<@U0PRIYA00> could you change the header to blue?
<@U0PRIYA00> did the invoices go out?
<@U0PRIYA00> are you joining the retro?
is anyone else seeing timeouts on the login page?
is staging down?
is github down for anyone else?
heads up, I'm restarting the db
deploying to production now
the build is green again
lunch?
coffee anyone?
good morning everyone, happy friday
happy birthday Sam!
I'm working from home today
I'll be late today
out sick today
back in 10 minutes
I have to go now, talk to you later
congrats on the release everyone
thanks everyone for the help yesterday
welcome to the team!
just pushed a fix for the login bug
we fixed the issue with the api
I think there is a bug in the parser
found a nice article about testing
check out this talk
this is a great talk
what a day
what's everyone working on?
how was your weekend?
anyone up for a game tonight?
can you believe it?
Python is hard
I love this language
I hate timezones
new release is out
please remember to fill in your timesheets
please update your tickets before the review
reminder to submit your reports
let me know if you have any questions
feel free to reach out if you need anything
what do you use for monitoring?
does anyone have a template for postmortems?
can we move the meeting to tomorrow?
can we cancel today's meeting?
should we use postgres or mysql?
do we have a policy on remote work?
do we have a staging environment for the app?
who is going to the conference?
can I take friday off?
is the office open tomorrow?
what time is the demo?
Does the API support pagination?
Is it possible to change the port?
Can you use generics with enums?
how can I check the version?
how to run tests in parallel?
what does this error mean: KeyError?
is there any documentation for the plugin api?
how do I change my password?
where can I find the logs?
can someone explain the difference between map and flatMap?
can anyone explain how closures work?
could someone explain monads to me?
can anyone recommend a good tutorial for react?
Has anyone used Kafka with Go in production?
anyone know how to mock time in pytest?
Does anyone have a good example of a Makefile for Go?
Anyone got a recommendation for a standing desk?
Is it just me or is CI slower since Monday?
what's a good name for a boat?
what does idempotent mean?
how do you pronounce nginx?
who broke the build?
who wants the last ticket for the concert?
where's the retro board?
when does the freeze start?
can we use the big room at 2?
can someone water my plants next week?
could someone take notes in the planning today?
could you please move the standup to 10?
please use the new form for expenses from now on
please vote for the next book
please join me in welcoming Noor!
need a volunteer for the demo on Friday
we need a fourth for table football
I need to leave at 4 today
I need two more beta testers for iOS
I have a dentist appointment, back at 2
I have a new phone number
I have started the migration
I'm not feeling well, taking the day off
the printer is out of paper
the elevator is stuck again
the server room is too warm, facilities know
deploy failed, rolling back
tests are failing on main because of the date, fix is coming
the API is down, we are investigating
we had some issues with the payment provider last night, all good now
found the bug, it was a missing comma
this error message is hilarious
the best bugs are the ones that fix themselves
my favourite tool is still grep
today I learned about git bisect
any good podcasts lately?
any plans for the weekend?
any objections to merging this on Monday?
any volunteers?
thoughts and prayers for prod
let's celebrate!
let's do the retro on Thursday
see you all tomorrow
see you at the meetup
can't wait for the release party
can't believe it's Friday
can you imagine?
how cool is that?
how is the weather in Porto?
how many users do we have?
how often do backups run?
how do I rebase onto main?
how do I become a maintainer?
How can I contribute to the project?
What is the process for requesting access to the data warehouse?
Is there a plan to support Python 3.13?
is there a channel for rust?
is the docs site open source?
do you ship to Japan?
do you think elm is dead?
do we still need the feature flag for search?
does the CLI work on Windows?
does anyone still use Perl?
did anyone see my umbrella?
has the invoice for October been paid?
have you seen the new logo?
was the meeting moved?
should we drop support for IE?
why do we use three different loggers?
why is it called Baton?
Call me old-fashioned but I like tabs
call for papers is open
quick reminder: timesheets
quick update: migration done
small win: the cache works
good news everyone
great question in the AMA today
question of the day: tabs or spaces?
I can help with the migration if needed
happy to jump on a call if that's easier
I can send you the file
I sent you the file
I'll send the report tomorrow
I've updated the doc
the doc is here
new ticket in the queue
someone left their lights on, blue Fiat
someone ate my yoghurt
somebody please stop me from buying another keyboard
who else is coming?
Hi everyone! Hope you had a great weekend
Hello, I am new to this community. I mostly do backend work in Go
my PR is up, no rush
could you rebase your PR?
can you open a ticket?
can you update the docs?
please see the pinned message
please don't merge yet
anyone interested?
getting the same error here
still the same error
doesn't work for me either
I want to contribute, what can I do?
I want to learn Rust, any ideas where to start?
someone there is very tired
we want to move the standup to 10, any objections?
I'm trying to reach Gil, is he in today?
I have to leave early, can someone take over the demo at 4?
I was trying to sleep
we want to ship on Friday, does that work for you?
good morning
Good morning everyone
morning all
hi all, the release is out
Hi! I'm Noor, new on the data team
hey that worked, thanks!
hello world
say hi to Ana
hi five
hey, nice one
does anyone know how to set a timeout in requests?
Has anyone used poetry with docker?
Anyone using FastAPI in production?
anyone free for lunch?
anyone up for a coffee?
anyone around this weekend?
who wants cake?
any questions?
any other questions before we close?
Any comments or questions about the doc <https://x.y/doc>?
do you need help?
Need help with that?
need a hand?
want some help?
let me know if you need help
happy to help
happy to answer any questions
I can help with that
can I help?
just a sec
one moment
give me a minute
a minute
in a sec
good question
that's a good question
same question here
I have the same problem
same issue here
me too
it works now
it doesn't work on my machine lol
works for me
that doesn't work
we had an issue with the deploy, fixed now
There was a problem with the database, it's resolved
i have a meeting at 3
I have no questions
no more questions
is there a question?
what's the question?
what is the question here
you have a question?
ask away
just ask
don't ask to ask, just ask
can you share the error message?
can you paste the stack trace?
can you post your code?
could you try again?
can you try that?
did you check the logs?
have you tried restarting?
what version are you on?
which error do you get?
can we use webhooks instead?
Can we move the meeting to Thursday?
let's talk about it tomorrow
I wanted to ask if the new office opens in May
I need help deciding between Postgres and MySQL for an event store with 10M rows a day
I have a question about the rate limiter: does it count retries?
Quick question, does the export include archived items?
Can someone help me understand why the cache returns stale values after an update?
Can anyone help me set up two-factor on my new phone?
please review <https://github.com/a/b/pull/1>
can someone review #1234?
could you review PR 482 today?
I opened a PR for the flaky test: <https://github.com/x/y/pull/3>
Please see the attached file
see the docs
it's in the docs
check the docs
read the doc first
the doc is updated
I'll take a look
looking
I'll check
let me check
will do
can do
no idea
any time
anytime
thanks for the help
thanks, that helped
Thanks for the update
update: it works
no update yet
I think it's fine
you there yet?
is it me or is it hot
is it just me or does slack feel slow
anyone else hungry?
anyone watching the game?
anyone? anyone? bueller?
who's on call?
who is the owner of the billing service?
where can I find the API docs?
where do I ask about billing?
is this the right channel for python questions?
how do I install the package?
how do i exit vim
is it possible to use two accounts?
the coffee machine is broken again
the wifi is down
github is down
the build is broken on main, reverting
prod is down
I can't make it today
can't talk right now
I'm stuck in traffic
I'm having lunch
I am having a great day
got an error but fixed it
I have an idea
I have an idea about the onboarding
I've got something to show you
we need help moving the sofa on Friday
somebody should write a book about this
someone should make a movie about this
you should look at the docs
please help yourself to cake
help yourself
help is on the way
the help page is nice
got time for a beer?
do you have time on Thursday at 10 for the retro?
do you have a charger?
do you have the link?
do you have an example?
have a minute of silence for prod
are you free tonight?
are you free on Friday?
are you here tomorrow?
are you in the office tomorrow?
are you ok?
hey what's the status of the migration?
<@U1> thanks!
<@U1> <@U2> fyi
<@U1> :tada:
yo that's sick
hey hey hey what is going on here then
hello again, it was the proxy after all
Hi Sam, you can use whichever one you prefer
Hello Sam, welcome!
hi there, welcome to the channel
well hello there
could someone turn the heating up?
Can anybody recommend a good keyboard?
Does anyone have a spare monitor?
Does anyone know a good dentist in Lisbon?
anyone has experience with Elm in production? we're thinking of moving
is anyone going to the meetup?
is anyone else seeing 502s from the gateway?
Is anyone working on the header? I'd take it
I'm getting a TypeError: undefined is not a function when I call render
I get error 403 when I push
how does it work with the new auth?
what do you think about the new logo?
what do you think we should do about churn?
any idea how to parse dates in Elm?
Any ideas on how to test websockets?
any thoughts on using Redis for this instead of Kafka?
Any updates on the AWS outage?
any news from Berlin?
any luck with the new driver?
how is everyone?
you can ask me anything
ask me anything about the new API
I have a request: please stop renaming branches
can someone please turn off the bot
Can we get a new coffee machine?
can we please not deploy on Friday
what about Thursday?
what about it?
how about that
see this thread
look at this
check this out
check this out: so cool
try this
do it
fix it
send it!
ship it
merge it
approve!
Kannst du das bitte bis Freitag fertig machen?
any updates available?
any slots free on Friday?
any seats available?
is a room free at 3?
a table is free
any objections?
any issues there?
having problems with the build?
still getting the error?
getting an error?
are you getting an error?
do you have any errors?
Questions?
questions, comments?
any other business?
Could you help <@U2> with the migration?
can someone help @newbie with this?
!help
/help
.help
$ help
help <#C1|python>
hello <#C2|general>
next topic: can we talk about the logo
call
good call
great question
question is whether we can afford it
the question remains open
my question is answered, thanks
I had a question but figured it out
I have a question mark over that
helping hands wanted on Saturday, 9 am, bring gloves
help wanted: someone to water the plants in August
you have a minute
we have time
I have time today
have a minute, then leaving
got it
got some time today to work on #42
anyone who has a question, please raise a hand
if you have a question, ask in #help
if anyone needs help, ping me
feel free to ask questions
who has questions about the new policy? ask me
ask Sam, he knows about kafka
Sam knows about kafka
someone knows
someone good at regex wrote this
anyone can do that
anyone could have done it
somebody help him
someone help this man
nobody can help us now
I can't help it
I can't help with that, sorry
I could help
can you help us test the beta? build is on TestFlight
can you help me understand what you mean by "eventual"?
I need you to sign the form
I need a break
I need a coffee
I need some sleep
need coffee
need more input
I want to talk about the elephant in the room: our tests
I'd like to talk at the conference
we need to talk about Gil
we need to talk
let's talk
let's chat tomorrow
talk to you later
talk soon
chat later
can we meet at 3?
can I come over?
can I get a review on <https://x.y/1>?
can I get a coffee?
can you call me a taxi?
ping me when you deploy
ping me when it's done
dm me your address
message me if you need anything
hi, it's me
Hey, thanks!
hi, yes
hey no worries
hey sorry, was afk
hello yes this is dog
Hi, sure
hi, back
Hey that's great
Hi from Lisbon!
Hey hey! Congrats on the launch
Hi, I'm the new guy
hello, I'm Mei from the design team
Hi all, I'm new here
hi everyone, glad to be here
Hello everyone, happy to join you
hi all :wave: excited to be here
anyone here using elm in production?
Anyone here going to KubeCon?
is anyone here from Porto?
anyone from Berlin here?
Is there anyone who has a spare ticket?
is anyone able to reproduce this?
anyone able to log in?
anyone free to review my branch fix/login?
is someone looking at the build?
anyone on call?
Is anybody from marketing coming to the demo at 4?
are you available on Tuesday for the interview?
are you around next week?
are you there for lunch?
is Sam around?
is @Sam here today?
you around for lunch?
you there for the party?
busy?
are we free to go?
""".strip().splitlines()
"""Talk of every day that needs no hint, wherever it stands."""
GOING_ON = """
did that help?
does that make sense?
what do you mean?
what's the error?
can you show the code?
do you get any errors?
it works now, thanks
that fixed it
still not working
it doesn't work
same error
I get the same error
how do I do that?
what should I do then?
is that right?
so how would I fix it?
yeah it's broken
can you try again?
let me check
I'll look into it
not sure, let me check
why?
how?
really?
what?
you need to fix the import
I had the same issue
that's weird
hm, strange
I don't know why
could be a bug
I think it's a bug
should I open an issue?
can you open an issue?
yes please
no problem
any reason not to?
would that work?
is that what you want?
what are you trying to do?
do you have an example?
can I see it?
ok let me try that
I want to use it in my project
I need to get it to work with my setup
I have no idea what the problem is
I can't figure it out
I tried that, no luck
nothing happens
the problem is my code
but why does it fail?
the issue is that it doesn't load the file
my question is how to call it
I guess I need to ask someone
can I use it for my project?
how can I see the result?
is it possible to do it with the api?
thanks, that's helpful
ok, I'll ask in the other channel
could you explain that a bit more?
I don't understand the error
I still get an error
ok now I have another problem
can you help me with that?
what's wrong with it?
where is the problem?
does it work for you?
it should work
you can ask here
what is your question?
how does it work?
anyone else?
that was the problem
we had that problem too
I'm not sure I understand the question
that would be a big help
help is always welcome
someone should fix it
they need help
she can help you with that
can you send it to me?
can you share your config?
could you post the whole thing?
which one?
in which file?
so what's the problem?
so it's fixed?
is it merged?
are you sure?
are you on the latest version?
have you tried restarting it?
does it work without it?
what happens if you remove it?
what do you see in the logs?
maybe it's a permission issue
sounds like a network problem
it's probably the cache
that's not the problem
I have the same setup and it works
I can't reproduce it
I can reproduce it
I can't see the image
I can't open the link
I don't have access
I need to check with Ana
I need more details
I need it for tomorrow
I'd need to see the code
we need to fix that
can we fix that?
could we try it on staging?
should work now, can you check?
fixed, please try again
please try again
please check now
please share the link
thanks, will check
ok thank you, that helps
no luck
any luck?
any update on this?
anything else?
anyone else have an opinion?
what do others think?
what do you think?
would you mind taking a look?
can you take a look?
could you review it?
done, can you review?
let me know if it works
let me know if you need anything else
why would it do that?
why not?
how so?
how come?
how does that work?
oh, how do I do it then?
got it, thanks for your help
I got it working
I got an error again
getting closer, now it fails later
it fails with the same message
it crashes
the link is broken
your link is broken
the docs are wrong
my bad, wrong channel
wrong window, sorry
sorry for the confusion
someone mentioned it yesterday
someone from infra can help you
somebody must know
everyone has that problem
help!!! :joy:
""".strip().splitlines()
"""What is said where people talk already: they know what it is about."""
TALK = told(
    (ANA, "I think the parser is fine, it was the lexer that dropped the token"),
    (PRIYA, "yes, the lexer, I have a fix nearly ready for that"),
)


def _find(
    text: str,
    before: Sequence[StoredMessage] = (),
    after: Sequence[StoredMessage] = (),
    *,
    channel: str = "web-relaunch",
    thread: str | None = None,
    is_first: bool | None = None,
) -> Finding | None:
    """What is found in Tom's message, five minutes past noon."""
    situation = Situation(
        message(text, TOM, minute=5, thread=thread),
        room_of(channel),
        before=before,
        after=after,
        is_first=not before if is_first is None else is_first,
    )
    return next(answerability.find(read(text), situation), None)


def _rule(text: str, before: Sequence[StoredMessage] = ()) -> Rule | None:
    found = _find(text, before)
    return found.rule if found else None


@pytest.mark.parametrize("text", HELLOS)
def test_a_hello_and_nothing_else_is_naked(text: str) -> None:
    assert _rule(text) is Rule.NAKED_HELLO


@pytest.mark.parametrize("text", VAGUE)
def test_an_ask_that_does_not_say_what_is_vague(text: str) -> None:
    assert _rule(text) is Rule.VAGUE_ASK


@pytest.mark.parametrize("text", PROBLEMS)
def test_a_problem_without_what_was_tried_or_seen_is_bare(text: str) -> None:
    assert _rule(text) is Rule.BARE_PROBLEM


@pytest.mark.parametrize("text", UNSHOWN)
def test_a_document_or_change_that_is_not_shown_lacks_its_link(text: str) -> None:
    found = _find(text)
    assert found is not None
    assert (found.rule, found.missing) == (Rule.MISSING_LINK, (Part.LINK,))


@pytest.mark.parametrize("text", SPARSE)
def test_whoever_asks_or_complains_and_names_nearly_nothing_lacks_something(text: str) -> None:
    assert _find(text) is not None


@pytest.mark.parametrize("text", GOING_ON)
def test_a_talk_that_goes_on_tells_what_short_words_are_about(text: str) -> None:
    assert _find(text, TALK) is None


@pytest.mark.parametrize(
    ("vague", "specific"),
    [
        ("my build is failing, any ideas?", "my build is failing in webpack 5 on arm, any ideas?"),
        ("why is my query slow?", "why is my query slow with two joins on the tenants?"),
        (
            "can someone look at the report?",
            "can someone look at the VAT column of the Lyon report?",
        ),
        ("it doesn't work", "it doesn't work if the path has blanks in it"),
        ("i get an error", "i get a KeyError"),
        ("where should I start?", "which port does it use?"),
        ("can you check the numbers?", "can you check whether the numbers include refunds?"),
    ],
)
def test_what_names_something_is_enough(vague: str, specific: str) -> None:
    assert _find(vague) is not None
    assert _find(specific) is None


def test_a_long_text_may_be_vague_as_well() -> None:
    text = "I have configured the pipeline as per documentation but still build is getting failed"
    assert _find(f"{text}, kindly help me to resolve this") is not None


def test_a_greeting_begins_a_talk_of_its_own() -> None:
    assert _find("my tests are failing and i don't know why", TALK) is None
    assert _find("hi, my tests are failing and i don't know why", TALK) is not None


def test_the_name_of_whoever_is_called_is_no_matter() -> None:
    assert _find("Priya, can you check?") is not None
    assert _find("hi Priya, can you check?") is not None


def test_a_request_to_nobody_in_particular_lacks_whom() -> None:
    found = _find("someone should look at the deploy")
    assert found is not None
    assert (found.rule, found.missing) == (Rule.NOBODY_ASKED, (Part.WHOM,))


@pytest.mark.parametrize("text", ENOUGH)
def test_talk_of_every_day_needs_no_hint(text: str) -> None:
    assert _rule(text) is None
    assert _rule(text, TALK) is None


@pytest.mark.parametrize(
    ("text", "phrase", "missing"),
    [
        ("hi <@U0ANA0000> :wave:", "hi", (Part.CONTEXT, Part.QUESTION)),
        (
            "Hello all. Quick question about the CRM export, please",
            "Quick question about the CRM export",
            (Part.QUESTION,),
        ),
        ("<@U0ANA0000> got a sec?", "got a sec?", (Part.CONTEXT, Part.QUESTION)),
        ("any idea why this fails?", "any idea why this fails?", (Part.CONTEXT,)),
        ("the cli doesnt work on windows", "the cli doesnt work on windows", (Part.CONTEXT,)),
        ("Hi! Could someone look at my PR?", "Could someone look at my PR?", (Part.LINK,)),
    ],
)
def test_a_finding_quotes_the_words_that_show_it_and_names_what_they_lack(
    text: str, phrase: str, missing: tuple[Part, ...]
) -> None:
    found = _find(text)
    assert found is not None
    assert (found.phrase, found.missing) == (phrase, missing)


@pytest.mark.parametrize(
    "text",
    [
        "can someone help me?",
        "Hello there, I have a question",
        "hi, i need a little help pls",
        "anyone here",
        "could someone take a look at my PR?",
        "my app is crashing, any ideas?",
        "@Sam you got a sec?",
    ],
)
def test_what_others_said_before_is_not_what_a_plain_ask_leaves_out(text: str) -> None:
    assert _find(text, TALK) is not None


@pytest.mark.parametrize(
    "text",
    ["any thoughts?", "can you check this?", "the importer doesn't work", "how do I fix it?"],
)
def test_what_points_at_something_in_a_talk_that_goes_on_is_left_alone(text: str) -> None:
    assert _find(text) is not None
    assert _find(text, TALK) is None
    assert _find(text, TALK, is_first=True) is not None


@pytest.mark.parametrize(
    "text",
    ["hello?", "anyone here?", "can someone help me?", "any ideas?", "it doesn't work, help"],
)
def test_whoever_said_before_what_it_is_about_is_left_alone(text: str) -> None:
    own = told((TOM, "the nightly export wrote 312 rows instead of the usual 4000"))
    assert _find(text, own, is_first=True) is None
    assert _find(text, told((TOM, "<https://ci.example/881>")), is_first=True) is None


@pytest.mark.parametrize(
    "own", ["hello", "anybody?", "I have a question", "thanks", "can anyone help?", "hi from Porto"]
)
def test_what_says_nothing_itself_is_no_context_for_the_next_message(own: str) -> None:
    assert _find("Can someone help me please?", told((TOM, own)), is_first=False) is not None


def test_help_that_somebody_else_is_asked_to_give_in_a_talk_is_left_alone() -> None:
    assert _find("<@U0SAM0000> can you help?", TALK) is None
    assert _find("<@U0SAM0000> can you help me?", TALK) is not None


def test_whoever_goes_on_to_say_what_it_is_about_is_left_alone() -> None:
    more = [message("the build fails with exit code 137 since noon", TOM, minute=6)]
    assert _find("can someone help me?", after=more) is None
    assert _find("hello", after=more) is None
    assert _find("can someone help me?", after=[message("please", TOM, minute=6)]) is not None
    assert _find("can someone help me?", after=[message("with what?", ANA, minute=6)]) is not None


@pytest.mark.parametrize(
    "said",
    [
        (ANA, "hello"),
        (ANA, "good morning all"),
        (ANA, "Hi all, I am Ana and I join the data team today"),
        (ANA, "<@U0TOM0000> what's up?"),
        (ANA, "who's here for the planning?"),
        (ANA, "Sam has joined the channel"),
    ],
)
def test_a_greeting_in_return_is_left_alone(said: tuple[str, str]) -> None:
    assert _find("hi there", told(said)) is None


def test_a_greeting_to_somebody_who_is_there_is_left_alone() -> None:
    assert _find("hi <@U0PRIYA00>", TALK) is None
    assert _find("hi <@U0SAM0000>", TALK) is not None
    assert _find("hey Sam", TALK) is None
    assert _find("Sam: hi") is None


def test_an_old_greeting_is_not_what_a_new_one_answers() -> None:
    assert _find("hello", [message("hello", SAM, minute=-40)]) is not None


def test_replies_in_threads_are_left_alone() -> None:
    root = message("does anybody know the rounding rule for Japan?", ANA)
    assert _find("any update?", [root], thread=root.ts) is None
    assert _find("hello", [root], thread=root.ts) is None


@pytest.mark.parametrize(
    "text",
    [
        "&gt; can someone help me?\n",
        '"hello, can someone help with this?" is the complete ticket',
        "can someone help? ```Traceback: KeyError```",
        "can you help me with `TypeError: x is not a function`?",
        "can someone help? <https://ci.example/881|the log>",
        "could you review <https://git.example/pull/918>?",
        "could someone review #918?",
        "any idea why AT-415 fails?",
        "hello `hello`",
        "can anyone help :joy:",
        "got a sec? no? me neither. happy monday",
        "hello, can you help <@U0SAM0000> with the export?",
    ],
)
def test_quotes_code_links_numbers_and_jokes_are_left_alone(text: str) -> None:
    assert _find(text) is None


def test_the_name_of_a_thing_may_stand_as_code() -> None:
    assert _find("Is anyone available to discuss the `moto` flag?") is not None


@pytest.mark.parametrize(
    "text",
    [
        "kan iemand me helpen?",
        "qualcuno può aiutarmi?",
        "czy ktoś może mi pomóc?",
        "誰か助けてください",
        "ktoś tu jest?",
    ],
)
def test_a_language_that_nobody_taught_the_rules_is_left_alone(text: str) -> None:
    assert _find(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Hallo zusammen",
        "hola",
        "Bonjour !",
        "olá pessoal",
        "Kann mir jemand helfen?",
        "ich hätte eine Frage zum Vertrag",
        "quelqu'un peut m'aider svp ?",
        "j'ai une question",
        "¿alguien me puede ayudar?",
        "necesito ayuda con el contrato",
        "alguém pode me ajudar?",
        "tenho uma dúvida",
    ],
)
def test_the_plainest_asks_are_known_in_five_languages(text: str) -> None:
    assert _find(text) is not None


def test_in_a_social_room_only_asks_and_greetings_of_somebody_count() -> None:
    assert _find("hello everyone", channel="random") is None
    assert _find("my phone is not working, any ideas?", channel="random") is None
    assert _find("hi <@U0ANA0000>", channel="random") is not None
    assert _find("can someone help me?", channel="random") is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("hi", True), ("Hello stripe team", True), ("hey Sam!", True), ("hey listen", False)],
)
def test_a_greeting_may_name_one_person_or_a_team(text: str, expected: bool) -> None:
    assert greets_only(read(text)) is expected


_SAID = "hi can anyone help me with this my pr ? , . any idea please <@U1> got a sec question"
_WORDS = st.sampled_from(_SAID.split())


@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_whatever_is_written_is_quoted_in_the_words_of_its_author(text: str) -> None:
    found = _find(text)
    if found:
        assert 0 < len(found.phrase) <= PHRASE
        assert "<" not in found.phrase
        assert found.missing
