package consent

// portuguese is how people revoke consent, and how they do not, in Portuguese.
var portuguese = language{
	code: "pt",
	filler: `por favor pfv pf pfvr porfavor obrigado obrigada obg ola oi bom dia boa tarde noite agora ja imediatamente senhor senhora senhores ok muito
		gente voces vcs vc entao e mesmo hoje urgente gentileza desculpe desculpa valeu grato grata pls`,
	typos: `mensagens mensagem numero cancelar inscricao descadastrar receber remover propaganda assinatura`,
	classes: `
msg: mensagem mensagens mensagen menssagem menssagens msg msgs sms texto textos torpedo torpedos propaganda propagandas publicidade promocao promocoes promo promos anuncio anuncios spam spams oferta ofertas notificacao notificacoes aviso avisos coisas ligacoes marketing lixo conteudo comunicados comunicacao
send: mand* envi* escrev* contat* contact* ligue liguem ligar perturb* incomod* ench* notific* importun* encher chama chame mensagei* spam* procur* textei* entre entrem entrar receb*
past: recebo recebemos recebi mandou mandaram mandei enviou enviaram enviei chegou recebi recebeu chegaram mandava
remove: tir* remov* exclu* retir* delet* apag* descadastr* desinscrev* elimin* bloque* risc* suprim*
object: numero telefone nome contato cadastro celular dados fone numeros cel whatsapp
list: lista listas cadastro base sistema registro contatos agenda mailing grupo
`,
	guards: `
not: nao|nunca para|pare|parem|parar|parou de|$|nunca
not: nao parem|pare|para de
para: para|pra|parar|paro o|a|os|as|um|uma|meu|minha|que|quando|hoje|amanha|viagem|dois|duas|tres|1|2|3|4|5|6|7|8|9|10|mim|voce|onde|ver|saber|na|carro
para: parar|paro|paramos no
bus: parada|paradas|ponto
sair: vou|vamos|vai|vao|posso|podemos|iamos|ia|estou|acabei ..1 sair !da|dessa|desta
sair: sair as|com|hoje|agora|do|de|para|pra !@list|@msg|seu|sua|$
cancel: cancel*|remov*|tir*|exclu*|desmarc* ..5 pedido|pedidos|consulta|consultas|reserva|reservas|compra|horario|agendamento|viagem|voo|mesa|encomenda|entrega|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo|aula|sessao|cebola|item|ingresso|duvida|pagamento|visita|passagem
received: nao|nunca|nem ..2 @past
send: nao precisa|posso|consigo|consegui|vou|vai|pude|sei|sabe ..1 @send !mais|@msg
call: nao me lig* ~0 mand*|envi*|escrev*|mensagem
received: nao recebo|recebemos
want: nao quero ..1 mais nada ~1 so|apenas|somente
want: nao quero ..1 perder|sair|cancelar|parar
more: nao|nada tenho|ha|tem mais
`,
	limits: `
what: nao ..1 me|nos @send o|a|os|as|um|uma !@msg|@object
when: nao|pare|parem ..5 @send ..3 antes|depois|ate|enquanto|quando|noite|cedo|tarde|madrugada
`,
	phrases: `
stop-sending: para|pare|parem|parar|parar|parou|chega|deix*|cess*|stop|basta ..1 de|com ..3 @send|@msg
stop-sending: pare|parem|parar|stop|chega|basta|interromp*|suspend*|cess*|encerr* ..3 @msg
stop: ^ pare|parem|para|parar|stop|chega|basta|sair|cancela|cancelar|cancele ..1 ja|disso|com|isso|tudo|agora|essa|essas $
stop: ^ pare|parem|para|parar|stop|chega|basta $
stop: como|quero|gostaria|desejo|favor ..3 parar|sair|cancelar|descadastrar ..1 $
stop: ^ cancelamento|remova|remover|retire|retirar|exclua|excluir|apague|apaguem ..1 $
stop: ^ stop|parem|pare ..1 nao|eu|quem
no-sending: nao|n|nunca|nem|jamais ..2 me|nos|mim ..2 @send
no-sending: nao|n|nunca|nem|jamais ..1 @send ..3 mais|mensage*|msg|nada|nunca|@object|me|contato|sms|comigo
no-sending: nao ..1 @send $
no-sending: nao ..2 perturb*|incomod*|encha|encham
no-want: nao|n|nunca|nem ..2 quero|desejo|queria|gostaria|preciso|quer|aceito|queremos ..5 @msg
no-want: nao|n|nunca ..2 quero|desejo|queria|gostaria|preciso ..3 receb*|incomodad*|contatad*|perturbad*|importunad*
no-want: nao|n ..2 quero|desejo ..1 mais|nada|isso ..1 $
no-want: nao|n ..2 quero|desejo ..2 que ..2 me|nos? @send
no-want: nao ..1 quero|desejo ..2 estar|ficar|continuar|participar ..3 @list|disso|isso|aqui|nessa|desse|desta
no-want: dispenso|recuso ..3 @msg
no-sending: por ..1 que ..4 continu* ..3 @send|recebendo|chegando
no-sending: porque ..4 continu* ..3 @send|recebendo|chegando
no-want: recus*|proib* ..4 receb*|@msg|@send
no-want: nao|n mais? ..1 tenho interesse ..3 @msg|receber
remove: me|nos|mim|meu ..1 tir*|remov*|exclu*|retir*|delet*|apag*|elimin*|risc* ..1 $|da|dessa|desta|desse|deste|de|do|disso|daqui
remove: @remove ..3 meu|este|esse|o|minha|nosso|meus ..1 @object
remove: esquecam|esquece|esqueca|bloqueiem|bloqueie ..1 meu|este|esse|o|nosso ..1 @object
remove: @remove ..4 @list
remove: tir*|remov*|exclu*|retir*|apag* me ..1 $|da|dessa|desta|de|do
remove: ser ..1 removid*|excluid*|retirad*|descadastrad*
unsubscribe: descadastr*|desinscrev*|desinscri*|desassin*|unsubscribe|descadast*|desinscric*|desvincul*
unsubscribe: cancel*|encerr* ..5 inscric*|assinatura|recebimento|@msg|cadastro|envio|envios|subscricao|subscricao
unsubscribe: sair ..2 da|dessa|desta|desse|deste|de|do ..2 @list|aqui|@msg
unsubscribe: quero|desejo|gostaria|como|faco ..4 sair|saio $
remove: podem|pode|favor|poderiam remover|excluir|apagar|deletar $ -ask
unsubscribe: saio|sair ..2 @list
unsubscribe: como ..3 saio|sair ..1 daqui|disso|dessa|desse|$
peace: deix* ..3 paz|quieto|quieta|sossegad*
peace: me|nos esque*
peace: larg*|solt* ..1 me|mim|do|pe $
no-more: sem ..1 mais ..2 @msg
no-more: ^ sem|nada|chega|basta ..2 @msg $
no-more: chega|basta ..3 @msg|disso|isso
no-more: nunca mais
wrong: errad*|engan* ~4 @remove|nao|pare|parem|para|esquec*
wrong: errad*|engan* ..4 remov*|tir*|nao|pare|parem|apag*|exclu*
threat: vou|vamos|irei|estou ..2 denunci*|process*|bloque*|reclam*|acionar
threat: procon|anatel|assedio|advogado|policia|lgpd|perturbacao|importunacao|assediando
threat: bloqueado|bloqueados|denunciado|denunciados $
threat: denunciei|bloqueei
consent: nao ..2 autoriz*|consint*|aceito|permito|concordo|dei|dou ..4 @msg|@send|permissao|autorizacao|consentimento|isso|$
consent: nao|nunca|sem ..2 tem|tenho|tinha|dei|minha|nenhuma ..2 permissao|autorizacao|consentimento|direito
stop: falei|disse|avisei|dissemos ..2 nao quero $
stop: como ..3 desativ*|cancel*|bloquei*|paro|removo ..2 isso|essas|esses|@msg|$
stop: pedi|pedimos|falei|disse|avisei|solicitei ..3 parar|parem|sair|remover|pararem $
consent: retir*|revog*|cancel* ..3 consentimento|autorizacao|permissao
rude: vai|va|vao ..3 foder|ferrar|merda|cu|inferno|caralho|lascar|catar
rude: vtnc|vsf|vtmnc|fodam|foda|fodase
rude: nao ..1 enche*|encham
rude: some|sumam|suma ..1 da|daqui|$
stop: que pare|parem ..1 $|com|de
`,
	doubts: `
stop: parem|stop|chega|descad*
cancel: cancelar|cancele|cancela|cancelem
spam: ^ ..3 spam|golpe|fraude|golpistas $ -ask
spam: isso|e ..2 spam|golpe -ask
rude: merda|porra|caralho|idiota*|otari*|babaca*|imbecil*|desgrac*|filho ..1 puta
rude: merda|porra|caralho|idiota|idiotas|babacas|puta
annoyed: saco|chat*|irritante*|cansad*|inconvenient*|insuportave*|encheu|enchendo ..1 $|de|essas|isso|esse
annoyed: muitas|tantas|demais|tanta @msg
annoyed: @msg demais
annoyed: cansei|aguento|cansad*|fart*|cheio|cheia|encheu ..3 @msg|isso
annoyed: nao gosto ..3 @msg
wonder: por|porque|pq ..4 recebendo|recebo|@send ..3 @msg|isso|essas|esses
wonder: como|onde|quem ..5 meu ..1 @object
denial: nao|nunca ..3 inscrevi|cadastrei|pedi|solicitei|assinei|autorizei -ask
denial: nao|nunca dei ..3 numero
wrong: numero|pessoa ..1 errad*|enganad* -ask
wrong: errar*|errou|erraram ..2 numero|pessoa
wrong: engano -ask
wrong: nao ..1 sou|e ..2 @object
wrong: ^ nao sou ..2 $
wrong: nao ..1 sou|somos ..1 cliente|clientes|membro|aluno|aluna|paciente
wrong: faleceu
no-interest: nao|sem|nenhum ..3 interess* -ask
`,
}
