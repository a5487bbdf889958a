"""gunicorn's settings; the numbers come from the environment."""

import os

from oms.env import env_int, env_str

bind = f"{env_str('OMS_BIND', '127.0.0.1')}:{env_int('PORT', 8000, low=1, high=65535)}"
workers = env_int("OMS_WEB_PROCESSES", 2, low=1, high=64)
threads = env_int("OMS_WEB_THREADS", 2, low=1, high=64)
worker_class = "oms.gunicorn_worker.EvenWorker"
# The application is loaded once and shared by the processes: faster start, less memory.
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
# A process is renewed now and then, so that a slow leak in any library stays harmless.
max_requests = 20000
max_requests_jitter = 2000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
accesslog = "-" if env_str("OMS_ACCESS_LOG", "") else None
errorlog = "-"
forwarded_allow_ips = env_str("OMS_TRUSTED_PROXIES", "127.0.0.1")
