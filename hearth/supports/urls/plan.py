"""Plans, tiers, the plans the law protects, and progress."""

from django.urls import URLPattern, path

from hearth.supports.views import plan, plan_acts, progress, tier

urlpatterns: list[URLPattern] = [
    path("students/<int:pk>/", plan.student_supports, name="student_supports"),
    path("students/<int:pk>/plans/new/", plan_acts.new_plan, name="new_plan"),
    path("students/<int:pk>/tiers/<slug:domain>/", tier.set_tier, name="set_tier"),
    path("students/<int:pk>/entitlements/", tier.new_entitlement, name="new_entitlement"),
    path("plans/<int:pk>/", plan.plan, name="plan"),
    path("plans/<int:pk>/print/", plan.print_plan, name="print_plan"),
    path("plans/<int:pk>/who-can-see/", plan.plan_who, name="plan_who"),
    path("plans/<int:pk>/words/", plan_acts.plan_words, name="plan_words"),
    path("plans/<int:pk>/goals/", plan_acts.plan_goal, name="plan_goal"),
    path("plans/<int:pk>/strategies/", plan_acts.plan_strategy, name="plan_strategy"),
    path("plans/<int:pk>/review/", plan_acts.plan_review, name="plan_review"),
    path("goals/<int:pk>/met/", plan_acts.goal_met, name="goal_met"),
    path("goals/<int:pk>/measures/", progress.new_measure, name="new_measure"),
    path("strategies/<int:pk>/", plan_acts.strategy_change, name="strategy_change"),
    path("strategies/<int:pk>/end/", plan_acts.strategy_end, name="strategy_end"),
    path("measures/<int:pk>/", progress.measure, name="measure"),
    path("measures/<int:pk>/count/", progress.count, name="count"),
    path("measures/<int:pk>/changes/", progress.change, name="measure_change"),
    path("measures/<int:pk>/end/", progress.end_measure, name="end_measure"),
    path("points/<int:pk>/", progress.point, name="point"),
    path("points/<int:pk>/remove/", progress.remove_point, name="remove_point"),
    path("tiers/<int:pk>/end/", tier.end_tier, name="end_tier"),
    path("entitlements/<int:pk>/", tier.entitlement, name="entitlement"),
    path("entitlements/<int:pk>/end/", tier.end_entitlement, name="end_entitlement"),
]
