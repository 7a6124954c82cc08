"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from hearth.web.readable import readable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearth.web.settings")
application = readable(get_wsgi_application())
