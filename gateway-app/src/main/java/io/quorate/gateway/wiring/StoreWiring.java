package io.quorate.gateway.wiring;
class StoreWiring {}
