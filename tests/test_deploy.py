"""What `deploy/` says in several places agrees: ports, paths, names, users, pins, and what the image is made of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from conftest import ROOT

from dashboard import VERSION
from dashboard.foods.usda.store import FILE_VARIABLE

DEPLOY = ROOT / "deploy"
PORT = 8501
PROXY_PORT = 8080
IMAGE = f"b12-planner:{VERSION}"
WARM, HEALTH = "/_stcore/script-health-check", "/_stcore/health"


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def copies(name: str) -> list[str]:
    """The servers of a list of copies, ``name:port``."""
    lines = [line for line in text(name).splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"server \S+:\d+ max_fails=1 fail_timeout=5s;", line) for line in lines)
    return [line.split()[1] for line in lines]


@pytest.fixture(scope="module")
def compose() -> dict:
    return yaml.safe_load(text("compose.yaml"))


@pytest.fixture(scope="module")
def kubernetes() -> dict[tuple[str, str], dict]:
    objects = [each for name in yaml.safe_load(text("kustomization.yaml"))["resources"] for each in yaml.safe_load_all(text(name))]
    by_name = {(each["kind"], each["metadata"]["name"]): each for each in objects}
    assert len(by_name) == len(objects)
    return by_name


def container(of: dict) -> dict:
    [only] = of["spec"]["template"]["spec"]["containers"]
    return only


# Packages ------------------------------------------------------------------------------------------


def test_the_hashed_packages_are_the_pinned_ones():
    def pins(lines: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lines, re.MULTILINE))

    wanted, hashed = pins((ROOT / "requirements.txt").read_text(encoding="utf-8")), pins(text("requirements-hashed.txt"))
    assert {name: hashed.get(name) for name in wanted} == wanted
    packages = re.split(r"\n(?=[\w.-]+==)", text("requirements-hashed.txt"))
    assert len(packages) == len(hashed)
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_no_file_names_a_registry():
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.suffix != ".png":
            assert not re.search(r"--(extra-)?index-url|pypi\.|docker\.io|ghcr\.io|quay\.io", path.read_text(encoding="utf-8")), path


# The image -----------------------------------------------------------------------------------------


def test_what_the_image_copies_is_there_and_let_through():
    let_through = [line[1:] for line in text("Dockerfile.dockerignore").splitlines() if line.startswith("!")]
    lines = [line for line in text("Dockerfile").splitlines() if line.startswith("COPY ") and "--from" not in line]
    copied = [source for line in lines for source in line.split()[1:-1]]
    assert sorted(copied) == sorted(let_through)
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_image_holds_every_folder_that_the_app_imports_or_reads():
    copied = text("Dockerfile")
    used = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")} - {"bench", "docs", "tests"}
    assert used == {"dashboard", "data", "deploy", "pages"}
    assert all(re.search(rf"^COPY {name}[ /]", copied, re.MULTILINE) for name in used)


def test_the_image_runs_as_somebody_without_rights_and_is_asked_how_it_is():
    dockerfile = text("Dockerfile")
    assert re.search(r"^USER 10001:10001$", dockerfile, re.MULTILINE)
    assert f"EXPOSE {PORT}\n" in dockerfile
    assert f"--server.port={PORT}" in dockerfile
    assert re.search(rf"HEALTHCHECK .*\n.*http://127\.0\.0\.1:{PORT}{WARM}'", dockerfile)
    assert "--require-hashes --only-binary :all:" in dockerfile
    assert f"{FILE_VARIABLE}=/var/lib/b12/" in dockerfile
    assert f"-t {IMAGE} " in dockerfile


# Compose -------------------------------------------------------------------------------------------


def test_compose_runs_three_copies_that_the_proxy_knows(compose):
    apps = {name: service for name, service in compose["services"].items() if name.startswith("app-")}
    assert len(apps) == 3
    assert copies("copies/compose.conf") == [f"{name}:{PORT}" for name in apps]
    assert set(compose["services"]["proxy"]["depends_on"]) == set(apps)
    places = [service["networks"]["inside"]["ipv4_address"] for service in apps.values()]
    assert len(set(places)) == 3
    subnet = compose["networks"]["inside"]["ipam"]["config"][0]["subnet"]
    assert all(place.rpartition(".")[0] == subnet.rpartition(".")[0] for place in places)


def test_every_service_of_compose_is_bound_and_cannot_write(compose):
    for name, service in compose["services"].items():
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["mem_limit"] and service["tmpfs"], name
        assert service["image"] == ("nginx:1.28-alpine" if name == "proxy" else IMAGE), name
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]
    assert compose["services"]["proxy"]["ports"] == [f"{PROXY_PORT}:{PROXY_PORT}"]
    assert HEALTH in compose["services"]["proxy"]["healthcheck"]["test"][-1]


def test_what_compose_mounts_is_there(compose):
    mounted = [volume.split(":")[0] for volume in compose["services"]["proxy"]["volumes"]]
    assert [name for name in mounted if not (DEPLOY / name).is_file()] == []
    where = {Path(volume.split(":")[1]).parent for volume in compose["services"]["proxy"]["volumes"]}
    assert len(where) == 1, "nginx looks for the list of copies beside its configuration"


# Kubernetes ----------------------------------------------------------------------------------------


def test_the_proxy_knows_every_copy_the_autoscaler_may_start(kubernetes):
    scaler = kubernetes["HorizontalPodAutoscaler", "b12"]["spec"]
    copy = kubernetes["StatefulSet", "b12"]
    assert scaler["scaleTargetRef"]["kind"] == copy["kind"] and scaler["scaleTargetRef"]["name"] == copy["metadata"]["name"]
    assert scaler["minReplicas"] == copy["spec"]["replicas"]
    names = [f"b12-{n}" for n in range(scaler["maxReplicas"])]
    assert copies("copies/kubernetes.conf") == [f"{name}:{PORT}" for name in names]
    for name in names:
        service = kubernetes["Service", name]["spec"]
        assert service["selector"] == {"statefulset.kubernetes.io/pod-name": name}
        assert service["ports"][0]["port"] == PORT
    assert ("Service", f"b12-{len(names)}") not in kubernetes


def test_probes_ask_what_the_app_answers_at_the_port_it_listens_on(kubernetes):
    app, proxy = container(kubernetes["StatefulSet", "b12"]), container(kubernetes["Deployment", "b12-proxy"])
    assert app["ports"] == [{"name": "http", "containerPort": PORT}]
    assert proxy["ports"] == [{"name": "http", "containerPort": PROXY_PORT}]
    assert app["startupProbe"]["httpGet"] == {"path": WARM, "port": "http"}
    assert app["readinessProbe"]["httpGet"] == app["livenessProbe"]["httpGet"] == {"path": HEALTH, "port": "http"}
    assert proxy["readinessProbe"]["httpGet"] == {"path": HEALTH, "port": "http"}
    assert f"listen {PROXY_PORT};" in text("nginx.conf")
    assert "scriptHealthCheckEnabled = true" in (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("kind", "name", "user"), [("StatefulSet", "b12", 10001), ("Deployment", "b12-proxy", 101)])
def test_pods_are_bound_and_cannot_write(kubernetes, kind, name, user):
    made = kubernetes[kind, name]
    pod, only = made["spec"]["template"]["spec"], container(made)
    assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] == user
    assert only["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(only["resources"]["limits"]) == set(only["resources"]["requests"]) == {"cpu", "memory"}
    assert made["spec"]["selector"]["matchLabels"] == made["spec"]["template"]["metadata"]["labels"]
    assert {mount["name"] for mount in only["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    assert kubernetes["PodDisruptionBudget", name]["spec"]["selector"] == made["spec"]["selector"]


def test_only_the_proxy_may_reach_a_copy(kubernetes):
    policy = kubernetes["NetworkPolicy", "b12"]["spec"]
    assert policy["podSelector"] == kubernetes["StatefulSet", "b12"]["spec"]["selector"]
    [[rule]] = [[rule] for rule in policy["ingress"]]
    assert rule["from"] == [{"podSelector": kubernetes["Deployment", "b12-proxy"]["spec"]["selector"]}]
    assert rule["ports"] == [{"port": PORT}]


def test_kustomize_gives_the_proxy_its_files_and_the_image_its_version(kubernetes):
    kustomization = yaml.safe_load(text("kustomization.yaml"))
    [made] = kustomization["configMapGenerator"]
    files = {entry.partition("=")[0]: entry.rpartition("=")[2] for entry in made["files"]}
    assert set(files) == {"nginx.conf", "copies.conf"}
    assert [name for name in files.values() if not (DEPLOY / name).is_file()] == []
    volumes = kubernetes["Deployment", "b12-proxy"]["spec"]["template"]["spec"]["volumes"]
    assert {"name": "conf", "configMap": {"name": made["name"]}} in volumes
    [image] = kustomization["images"]
    assert f"{image['name']}:{image['newTag']}" == IMAGE
    assert container(kubernetes["StatefulSet", "b12"])["image"] == image["name"]


# nginx ---------------------------------------------------------------------------------------------


def test_the_trial_configuration_serves_the_copies_of_the_readme():
    assert copies("copies.conf") == ["127.0.0.1:8501", "127.0.0.1:8502"]
    assert "for port in 8501 8502; do" in text("README.md")
    assert "include copies.conf;" in text("nginx.conf")


def test_no_line_of_the_proxy_holds_a_plan():
    """A request stands in the access log, and in the error log from "error" downwards where a copy did not answer."""
    conf = text("nginx.conf")
    assert "access_log off;" in conf
    assert re.search(r"^error_log stderr crit;", conf, re.MULTILINE)
    assert re.findall(r"(?:access|error)_log\b", conf) == ["error_log", "access_log"]
