"""Which outside accounts may sign in: read from HEARTH_OIDC_<NAME>_ID, _SECRET, _SERVER, …

_DOMAINS (with commas) lets in only addresses of these domains, and asks Google for the `hd` claim.
_TRUSTS_EMAIL=1 takes the provider's word that an address is its owner's, for providers that do not
send `email_verified` (Clever unless asked, ClassLink); it needs _DOMAINS.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from hearth.web.environment import SettingRefused

# Discovery addresses as far as known; confirm with the provider.
KNOWN = {
    "google": ("Google", "https://accounts.google.com"),
    "clever": ("Clever", "https://clever.com"),
    "classlink": ("ClassLink", "https://launchpad.classlink.com"),
}


def providers(environ: Mapping[str, str], *, production: bool) -> dict[str, Any]:
    """The SOCIALACCOUNT_PROVIDERS that the environment describes; none when it says nothing."""
    names = [found[1] for key in environ if (found := re.fullmatch(r"HEARTH_OIDC_(\w+)_ID", key))]
    apps = [_app(name, environ, production) for name in sorted(names)]
    return {"openid_connect": {"APPS": apps}} if apps else {}


def origins(configured: dict[str, Any]) -> list[str]:
    """Where the configured providers' sign-in pages live, for the content security policy."""
    apps = configured.get("openid_connect", {}).get("APPS", [])
    parts = [urlsplit(app["settings"]["server_url"]) for app in apps]
    return sorted({f"{part.scheme}://{part.netloc}" for part in parts})


def _app(name: str, environ: Mapping[str, str], production: bool) -> dict[str, Any]:
    prefix, key = f"HEARTH_OIDC_{name}_", name.lower()
    title, server = KNOWN.get(key, (name.replace("_", " ").title(), ""))
    server = environ.get(prefix + "SERVER", server)
    secret = environ.get(prefix + "SECRET", "")
    domains = [d.strip().lower() for d in environ.get(prefix + "DOMAINS", "").split(",") if d]
    trusts = environ.get(prefix + "TRUSTS_EMAIL") == "1"
    if not secret:
        raise SettingRefused(f"set {prefix}SECRET, or take {prefix}ID away.")
    if not server:
        raise SettingRefused(f"set {prefix}SERVER to the provider's https:// address.")
    if production and not server.startswith("https://"):
        raise SettingRefused(f"{prefix}SERVER must begin with https://")
    if trusts and not domains:
        raise SettingRefused(f"{prefix}TRUSTS_EMAIL=1 needs {prefix}DOMAINS.")
    return {
        "provider_id": key,
        "name": environ.get(prefix + "NAME", title),
        "client_id": environ[prefix + "ID"],
        "secret": secret,
        "settings": {
            "server_url": server,
            "oauth_pkce_enabled": True,
            "domains": domains,
            "verified_email": domains if trusts else False,
            "auth_params": {"hd": domains[0]} if key == "google" and len(domains) == 1 else {},
        },
    }
