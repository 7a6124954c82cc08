{% extends "kit/base.html" %}
{% load i18n kit %}
{% block title %}{% translate "What is asked, and what comes next?" %}{% endblock %}
{% block trail %}<p><a href="{% url 'supports:board' %}">{% icon "back" %} {% translate "Who is waiting" %}</a></p>{% endblock %}
{% block kicker %}<p class="k-kicker">{% translate "Coordination of Services Team (COST)" %} · {{ referral.school.name }}</p>{% endblock %}
{% block heading %}<a href="{% url 'student' referral.student_id %}"><bdi class="k-name">{{ referral.student.person.called }}</bdi></a>: {% translate "what comes next?" %}{% endblock %}
{% block lead %}
<p class="k-lead">
  {{ referral.get_state_display|capfirst }}{% if referral.closed_because %}: {{ referral.get_closed_because_display }}{% endif %} ·
  {% if referral.owner %}{% blocktranslate trimmed with name=referral.owner.name %}looked after by {{ name }}{% endblocktranslate %}{% else %}{% translate "nobody looks after it yet" %}{% endif %}
</p>
{% if referral.next_on %}<p><c-clock :due="referral.next_on" label="{% translate 'Next:' %}" /></p>{% endif %}
{% endblock %}
{% block main_action %}{% if main_step %}{% url "supports:step" referral.pk main_step.key as url %}{% include "supports/step_link.html" with words=main_step.button kind="btn-primary" %}{% endif %}{% endblock %}
{% block content %}
{% include "supports/legal_moved.html" %}
<div id="act" class="k-stack" aria-live="polite"></div>
<div class="k-columns">
  <div class="k-stack">
    {% include "supports/asked_words.html" %}
    {% if referral.service %}
    <c-card title="{% translate 'The service' %}" icon="hand">
      <c-facts>
        <c-fact label="{% translate 'Service' %}">{{ referral.service }}</c-fact>
        <c-fact label="{% translate 'Who provides it' %}" :reported="referral.provider">{{ referral.provider }}</c-fact>
        <c-fact label="{% translate 'First service' %}">{% if referral.first_service_on %}{{ referral.first_service_on|full_day }}{% else %}{% translate "Not confirmed yet, so not linked yet" %}{% endif %}</c-fact>
      </c-facts>
    </c-card>
    {% endif %}
    {% include "supports/referral_decisions.html" %}
    {% include "supports/referral_plan.html" %}
    <c-card title="{% translate 'Notes' %}" icon="edit">
      <c-slot name="action">{% url "supports:note" referral.pk as url %}{% translate "Write a note" as words %}{% include "supports/step_link.html" with kind="k-small" %}</c-slot>
      {% if notes %}
      <ul class="rows">{% for note in notes %}<li><div><p>{{ note.body|linebreaksbr }}</p><p class="k-soft"><bdi>{{ note.author }}</bdi>, {{ note.at|in_words }}</p></div></li>{% endfor %}</ul>
      {% else %}<p class="k-soft">{% translate "No notes for the whole team yet." %}</p>{% endif %}
      {% if restricted %}
      {% blocktranslate asvar what trimmed count number=restricted %}{{ number }} restricted note{% plural %}{{ number }} restricted notes{% endblocktranslate %}
      {% translate "Only those who may read restricted notes can open them." as who %}
      {% url "supports:restricted" referral.pk as open_url %}
      {% if may_open %}<c-restricted :what="what" :who="who" :open_url="open_url" method="get" />{% else %}<c-restricted :what="what" :who="who" />{% endif %}
      {% endif %}
    </c-card>
  </div>
  <div class="k-stack">
    {% include "supports/answer.html" with for_team=True %}
    {% if other_steps %}
    <c-card title="{% translate 'Other steps' %}">
      <p class="k-form-foot">{% for step in other_steps %}{% url "supports:step" referral.pk step.key as url %}{% include "supports/step_link.html" with words=step.button kind="k-small" %} {% endfor %}</p>
    </c-card>
    {% endif %}
    <c-card title="{% translate 'How it came here' %}" icon="path">
      <c-timeline>
        {% for move in moves %}
        <c-timeline_item :day="move.at" title="{{ move.get_went_to_display|capfirst }}" by="{{ move.by.name }}">{% if move.why %}<p>{{ move.why|linebreaksbr }}</p>{% endif %}</c-timeline_item>
        {% endfor %}
      </c-timeline>
    </c-card>
  </div>
</div>
{% endblock %}
{% block why %}{% include "supports/why.html" %}{% endblock %}
